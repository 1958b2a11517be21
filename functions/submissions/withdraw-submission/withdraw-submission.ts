import * as contract from '#shared/contract/submissions.ts';
import type { ApplicantSituations } from '#shared/data/standing-repository.ts';
import { loadOwn, TRIES } from '#shared/data/submission-access.ts';
import type { SubmissionOutcomes } from '#shared/data/submission-outcomes.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { presentHead } from '#shared/domain/submission/present.ts';
import { withdrawnHead } from '#shared/domain/submission/transitions.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly situations: ApplicantSituations;
  readonly outcomes: Pick<SubmissionOutcomes, 'withdraw'>;
}

export const withdrawSubmission = (dependencies: Dependencies) =>
  handle(contract.withdrawSubmission, async ({ params, actor, receivedAt }) => {
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { submission, call, deadline } = await loadOwn(dependencies, params.submissionId, actor.subject);
      assertOpen(call, deadline, receivedAt);
      if (submission.head.status !== 'submitted') throw new DomainError('NOT_SUBMITTED');
      const next = withdrawnHead(submission.head, toInstant(receivedAt));
      if ((await dependencies.outcomes.withdraw(submission, next, actor.subject)) === 'withdrawn')
        return { body: presentHead(next) };
    }
    throw new DomainError('CONFLICT');
  });
