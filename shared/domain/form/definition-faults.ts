import type { Fault } from '#shared/domain/fault.ts';

/** Collects what is wrong with a form as it is written, in the order of its text. */
export class DefinitionFaults {
  readonly found: Fault[] = [];

  add(code: Fault['code'], path: string, params: Readonly<Record<string, string | number>> = {}): void {
    this.found.push({ path, code, params });
  }
}
