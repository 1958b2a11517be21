import type { Fault } from '#shared/domain/fault.ts';

/** What a check found: `faults` refuse a definition, `warnings` are told and change nothing. */
export interface Findings {
  readonly faults: readonly Fault[];
  readonly warnings: readonly Fault[];
}

export const together = (all: readonly Findings[]): Findings => ({
  faults: all.flatMap(({ faults }) => faults),
  warnings: all.flatMap(({ warnings }) => warnings),
});
