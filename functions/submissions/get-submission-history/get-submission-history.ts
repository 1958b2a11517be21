import * as contract from '#shared/contract/history.ts';
import type { ActorNames } from '#shared/data/actor-names.ts';
import type { AttachmentsRepository } from '#shared/data/attachments-repository.ts';
import { decodeCursor, encodeCursor } from '#shared/data/cursor.ts';
import { historyOfSubmission } from '#shared/data/history-items.ts';
import { HistoryPosition, type HistoryRepository } from '#shared/data/history-repository.ts';
import { withActors } from '#shared/data/present-history.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import { submissionHistoryPage } from '#shared/data/submission-history.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { presentSubmissionEntry } from '#shared/domain/history/present.ts';
import { belongingOf, isVisible } from '#shared/domain/history/visible.ts';
import { viewOf } from '#shared/domain/submission/visibility.ts';
import { handle } from '#shared/http/handle.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'head' | 'load'>;
  readonly attachments: Pick<AttachmentsRepository, 'entries'>;
  readonly standings: StandingRepository;
  readonly history: HistoryRepository;
  readonly names: ActorNames;
}

export const getSubmissionHistory = ({ submissions, attachments, standings, history, names }: Dependencies) => {
  /** Whose it was, of a draft that is deleted: its first entry says so. */
  const belongingOfDeleted = async (submissionId: string) => {
    const { entries } = await history.page(historyOfSubmission(submissionId), { limit: 1, order: 'oldest' });
    const belonging = belongingOf(entries[0]);
    if (belonging === undefined) throw new DomainError('NOT_FOUND');
    return { head: { ...belonging, status: 'draft' as const } };
  };

  return handle(contract.getSubmissionHistory, async ({ params: { submissionId }, query, actor }) => {
    const submission = await submissions.load(submissionId);
    const concerned = submission ?? (await belongingOfDeleted(submissionId));
    const standing = await standings.of(actor.subject, concerned);
    const view = viewOf(concerned.head, standing);

    const { limit, order } = query;
    const list = `submissions/${submissionId}/history?${order}`;
    const after = decodeCursor(list, HistoryPosition, query.cursor);
    const sources = { submissions, attachments, history };
    const asked = { limit, order, after };
    const { entries, next } = await submissionHistoryPage(sources, submissionId, submission?.head, asked);
    const visible = entries.filter((entry) => isVisible(entry, view));
    const { organiser, unitId } = concerned.head;
    const knows = (organizationId: string): boolean =>
      standing.officer ||
      (standing.applicant && organizationId === unitId) ||
      standing.partnerOf.includes(organizationId);
    const items = await withActors(names, visible, { organiser, unitId, knows });
    return {
      body: {
        items: items.map(presentSubmissionEntry),
        ...(next === undefined ? {} : { nextCursor: encodeCursor(list, next) }),
        ...(submission?.late === undefined ? {} : { late: submission.late }),
      },
    };
  });
};
