import * as contract from '#shared/contract/submissions.ts';
import type { StandingRepository } from '#shared/data/standing-repository.ts';
import { loadVisible } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { etagOf, presentSubmission } from '#shared/domain/submission/present.ts';
import { handle } from '#shared/http/handle.ts';
import { reasonIn } from '#shared/http/refusal-reasons.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly standings: StandingRepository;
}

export const getSubmission = (dependencies: Dependencies) =>
  handle(contract.getSubmission, async ({ params, actor, locale }) => {
    const { submission, view } = await loadVisible(dependencies, params.submissionId, actor.subject);
    return {
      body: presentSubmission(submission, view, reasonIn(locale)),
      headers: { etag: etagOf(submission.head) },
    };
  });
