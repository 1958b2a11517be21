import type { CallStatus } from '#shared/contract/calls.ts';
import type { CallHead } from './call-head.ts';

/** A call's status at `now` (ms): nothing stores it, so no late or missing tick can make it wrong. Reopened for all after its seal, it is open again. */
export const statusOf = (
  { opensAt, closesAt, seal }: Pick<CallHead, 'opensAt' | 'closesAt' | 'seal'>,
  now: number,
): CallStatus => {
  if (now < Date.parse(opensAt)) return 'scheduled';
  if (now < Date.parse(closesAt)) return 'open';
  return seal !== undefined && seal.through >= closesAt ? 'sealed' : 'closed';
};
