import * as contract from '#shared/contract/submissions.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import { loadVisible, TRIES } from '#shared/data/submission-access.ts';
import type { SubmissionDrafts } from '#shared/data/submission-drafts.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { deletedEntry } from '#shared/domain/history/submission-entries.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly standings: StandingRepository;
  readonly drafts: Pick<SubmissionDrafts, 'deleteDraft'>;
}

export const deleteSubmission = (dependencies: Dependencies) =>
  handle(contract.deleteSubmission, async ({ params, actor, receivedAt }) => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { submission, own } = await loadVisible(dependencies, params.submissionId, actor.subject);
      if (!own) throw new DomainError('NOT_FOUND');
      if (submission.head.status !== 'draft') throw new DomainError('NOT_A_DRAFT');
      const entry = deletedEntry(submission.head, toInstant(receivedAt), actor.subject);
      if ((await dependencies.drafts.deleteDraft(submission, receivedAt, entry)) === 'deleted') return {};
    }
    throw new DomainError('CONFLICT');
  });
