import { setTimeout as wait } from 'node:timers/promises';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import type { AttachmentsRepository } from './attachments-repository.ts';
import { entryOfSave, historyOfSubmission } from './history-items.ts';
import type { HistoryPage, HistoryQuery, HistoryRepository } from './history-repository.ts';
import type { SubmissionsRepository } from './submissions-repository.ts';

/** A reading takes milliseconds, and a change in the midst of each of so many is not to be expected. */
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 10;

interface Sources {
  readonly submissions: Pick<SubmissionsRepository, 'head'>;
  readonly attachments: Pick<AttachmentsRepository, 'entries'>;
  readonly history: HistoryRepository;
}

/**
 * A page of a submission's history from all that keeps it: its head (saves), the items of its files, and the table. They are read in this order, so that what
 * goes from one to the next meanwhile is found there. A change that comes meanwhile can be in the table while the one before it is in an item that was read
 * too early: then the page tells of a revision that the head had not reached yet, and is read again.
 *
 * @param read the head as it was read before; undefined of a deleted draft
 * @throws Unavailable where a change came amidst every reading
 */
export const submissionHistoryPage = async (
  { submissions, attachments, history }: Sources,
  submissionId: string,
  read: SubmissionHead | undefined,
  query: HistoryQuery,
): Promise<HistoryPage> => {
  let head = read;
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) {
      await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
      head = await submissions.head(submissionId);
    }
    const reached = head?.contentRevision ?? Number.POSITIVE_INFINITY;
    const kept = [...(head?.saves ?? []).map(entryOfSave), ...(await attachments.entries(submissionId))];
    const page = await history.page(historyOfSubmission(submissionId), { ...query, kept });
    if (page.entries.every(({ revision }) => revision <= reached)) return page;
  }
  throw new Unavailable('A submission changed amidst every reading of its history');
};
