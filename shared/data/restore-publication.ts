import type { CallHead } from '#shared/domain/call/call-head.ts';
import { headRestored } from '#shared/domain/call/publication.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import type { CallChanges } from './call-changes.ts';
import type { CallsRepository } from './calls-repository.ts';

/** Saves of further versions may come between; each moves the head once. */
const TRIES = 8;

/**
 * Puts back the publication a call had `before`, in place of `after`: somebody turned out to have a draft. What was saved meanwhile stays; a publication
 * that replaced `after` meanwhile stays too. `at` is an instant.
 *
 * @throws Unavailable where the head moved at every try
 */
export const restorePublication = async (
  { calls, changes }: { calls: Pick<CallsRepository, 'head'>; changes: Pick<CallChanges, 'replaceHeadAtRevision'> },
  before: CallHead,
  after: CallHead,
  at: string,
): Promise<void> => {
  let current: CallHead | undefined = after;
  for (let attempt = 1; attempt <= TRIES; attempt += 1) {
    if (current === undefined || current.publishedVersion !== after.publishedVersion) return;
    const restored = await changes.replaceHeadAtRevision(
      headRestored(current, before),
      current.revision,
      bySystem(at, 'publication-restored'),
    );
    if (restored === 'replaced') return;
    current = await calls.head(after.callId);
  }
  throw new Unavailable(`The publication of ${after.callId} could not be put back`);
};
