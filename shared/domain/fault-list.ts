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

  /** What was found until now; the list starts anew. */
  take(): readonly Fault[] {
    return this.found.splice(0);
  }
}
