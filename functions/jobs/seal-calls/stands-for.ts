import type { SealUnderWay } from '#shared/data/seal-items.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';

/** Whether a seal under way is still the one its call needs: begun for the deadlines the head has now, and none was made since. */
export const standsFor = (
  { number, closesAt, lastClosesAt }: SealUnderWay,
  head: Pick<CallHead, 'closesAt' | 'lastClosesAt' | 'seal' | 'publishedVersion'>,
): boolean =>
  head.publishedVersion !== undefined &&
  head.closesAt === closesAt &&
  head.lastClosesAt === lastClosesAt &&
  (head.seal?.number ?? 0) === number - 1;
