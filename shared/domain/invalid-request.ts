import type { Fault } from './fault.ts';

/** A request whose envelope cannot be read (400): what is wrong at which path, never the value. */
export class InvalidRequest extends Error {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], cause?: unknown) {
    super('INVALID_REQUEST', cause === undefined ? {} : { cause });
    this.name = 'InvalidRequest';
    this.faults = faults;
  }
}
