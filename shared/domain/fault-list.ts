import type { Fault } from '#shared/domain/fault.ts';

/** A Lambda's reply holds 6 MB at most; a body of 256 KB can hold 60,000 unknown keys. Nobody reads the thousandth fault before mending the first. */
export const MAX_FAULTS = 1_000;

/** Collects faults in the order they are found, up to `MAX_FAULTS`. */
export class FaultList {
  readonly found: Fault[] = [];

  get isFull(): boolean {
    return this.found.length >= MAX_FAULTS;
  }

  add(fault: Fault): void {
    if (!this.isFull) this.found.push(fault);
  }
}

/** Where the faults of one field or column go: its path, its label for the message and the clause it comes from are said once. */
export type Report = (code: Fault['code'], params?: Readonly<Record<string, string | number>>) => void;

/** A path that takes making is made by a function, once something is reported there. */
export const reportAt =
  (
    faults: FaultList,
    path: string | (() => string),
    described: { label: string; clause?: string | undefined },
  ): Report =>
  (code, params) => {
    faults.add({
      path: typeof path === 'string' ? path : path(),
      code,
      params: { label: described.label, ...params },
      ...(described.clause === undefined ? {} : { clause: described.clause }),
    });
  };
