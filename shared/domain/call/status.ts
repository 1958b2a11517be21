import type { CallStatus } from '#shared/contract/calls.ts';
import type { CallHead } from './call-head.ts';

/** A call's status at `now` (ms): nothing stores it, so no late or missing tick can make it wrong. */
export const statusOf = (
  { opensAt, closesAt, sealedAt }: Pick<CallHead, 'opensAt' | 'closesAt' | 'sealedAt'>,
  now: number,
): CallStatus => {
  if (sealedAt !== undefined) return 'sealed';
  if (now < Date.parse(opensAt)) return 'scheduled';
  return now < Date.parse(closesAt) ? 'open' : 'closed';
};
