import type { Fault } from '#shared/domain/fault.ts';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';

/** Collects what is wrong with a form as it is written, in the order of its text, as far as anybody reads. */
export class DefinitionFaults {
  readonly found: Fault[] = [];

  add(code: Fault['code'], path: string, params: Readonly<Record<string, string | number>> = {}): void {
    if (this.found.length < MAX_FAULTS) this.found.push({ path, code, params });
  }
}
