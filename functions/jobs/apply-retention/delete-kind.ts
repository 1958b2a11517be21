import type { RetentionKind } from '#shared/contract/retention.ts';
import { pageOfRoster } from '#shared/data/call-roster.ts';
import type { LateAttemptsRepository, LatePosition } from '#shared/data/late-attempts-repository.ts';
import type { RetentionChanges } from '#shared/data/retention-changes.ts';
import type { RetentionState } from '#shared/data/retention-items.ts';
import type { RetentionRepository } from '#shared/data/retention-repository.ts';
import { TRIES } from '#shared/data/submission-access.ts';
import type { SubmissionDrafts } from '#shared/data/submission-drafts.ts';
import type { SubmissionErasure } from '#shared/data/submission-erasure.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import type { TransactWrite } from '#shared/data/transact.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { erasedEntry, expiredEntry } from '#shared/domain/history/submission-entries.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import type { AttachmentRemoval } from '#shared/storage/attachment-removal.ts';

export interface DeletePorts {
  readonly retention: Pick<RetentionRepository, 'find'>;
  readonly changes: Pick<RetentionChanges, 'counting' | 'advance'>;
  readonly calls: { head(callId: string): Promise<CallHead | undefined> };
  readonly tallies: Pick<TalliesRepository, 'pageOfCall'>;
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly late: Pick<LateAttemptsRepository, 'pageOfCall'>;
  readonly drafts: Pick<SubmissionDrafts, 'deleteDraft'>;
  readonly erasure: SubmissionErasure;
  readonly objects: Pick<AttachmentRemoval, 'removeSubmission'>;
}

/** One kind of one call, as it is being deleted. Times in ms. */
export interface Deleting {
  readonly head: CallHead;
  readonly state: RetentionState & { readonly kind: RetentionKind };
  readonly at: number;
  /** No further submission is taken on after it. */
  readonly until: number;
  readonly now: () => number;
}

/** `gone`: there is nothing left of it to delete. */
type Outcome = 'deleted' | 'gone' | 'moved';

/** Submissions a page has: after each, the place is recorded. */
const PER_PAGE = 50;

/**
 * Deletes all of one kind, submission by submission, as far as time goes.
 *
 * @returns `overtaken` where the call's deadline was moved, or another seal has begun it anew: nothing more is deleted by this run's knowledge
 */
export const deleteKind = async (
  ports: DeletePorts,
  { head, state, at, until, now }: Deleting,
): Promise<'complete' | 'outOfTime' | 'overtaken'> => {
  const { retention, changes, calls, tallies, submissions, late, drafts, erasure, objects } = ports;
  const { callId } = head;
  const beside: readonly TransactWrite[] = changes.counting(head, state);

  const stillHolds = async (): Promise<boolean> => {
    const [headNow, stateNow] = await Promise.all([calls.head(callId), retention.find(callId)]);
    return (
      headNow?.closesAt === head.closesAt &&
      headNow.lastClosesAt === head.lastClosesAt &&
      stateNow?.startedAt === state.startedAt &&
      stateNow.kind === state.kind
    );
  };

  const deleteDraft = async (submissionId: string): Promise<Outcome> => {
    const submission = await submissions.load(submissionId);
    if (submission?.head.status !== 'draft') return 'gone';
    if (submission.head.edition > 1) await erasure.eraseReceipts(submissionId);
    return drafts.deleteDraft(submission, at, expiredEntry(submission.head, toInstant(at)), beside);
  };

  const forgetLate = (submissionId: string): Promise<Outcome> => erasure.forgetLate(submissionId, beside);

  const erase = async (submissionId: string): Promise<Outcome> => {
    const submission = await submissions.load(submissionId);
    if (submission?.head.status !== 'submitted' || submission.head.erasedAt !== undefined) return 'gone';
    await objects.removeSubmission(submissionId);
    await erasure.eraseReceipts(submissionId);
    await erasure.eraseItems(submission.head);
    const entry = erasedEntry(submission.head, toInstant(at));
    return (await erasure.eraseOnce(submission.head, entry, beside)) === 'erased' ? 'deleted' : 'moved';
  };

  /** Deletes one; what moved meanwhile is decided again on what it is now. False where the call itself has moved. */
  const settle = async (submissionId: string, deletes: (id: string) => Promise<Outcome>): Promise<boolean> => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      if ((await deletes(submissionId)) !== 'moved') return true;
      if (!(await stillHolds())) return false;
    }
    throw new Unavailable('A submission moved at every try to delete it');
  };

  const settleAll = async (
    ids: readonly string[],
    deletes: (id: string) => Promise<Outcome>,
  ): Promise<'settled' | 'outOfTime' | 'overtaken'> => {
    for (const id of ids) {
      if (now() >= until) return 'outOfTime';
      if (!(await settle(id, deletes))) return 'overtaken';
    }
    return 'settled';
  };

  const deleteRoster = async (counted: 'draft' | 'submitted', deletes: (id: string) => Promise<Outcome>) => {
    let { from } = state;
    do {
      const page = await pageOfRoster(tallies, callId, { limit: PER_PAGE, counted, from });
      const outcome = await settleAll(page.submissionIds, deletes);
      if (outcome !== 'settled') return outcome;
      from = page.next;
      if (from !== undefined && !(await changes.advance(state, from))) return 'overtaken';
    } while (from !== undefined);
    return 'complete';
  };

  /** What is deleted leaves the list by itself, so it is read from its beginning; the list may lag, and what it still shows is looked up. */
  const deleteLate = async () => {
    let after: LatePosition | undefined;
    do {
      const page = await late.pageOfCall(callId, PER_PAGE, after);
      const outcome = await settleAll(
        page.late.map(({ submissionId }) => submissionId),
        forgetLate,
      );
      if (outcome !== 'settled') return outcome;
      after = page.next;
    } while (after !== undefined);
    return 'complete';
  };

  switch (state.kind) {
    case 'drafts':
      return deleteRoster('draft', deleteDraft);
    case 'late':
      return deleteLate();
    case 'personal':
      return deleteRoster('submitted', erase);
  }
};
