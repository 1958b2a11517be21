import * as contract from '#shared/contract/submissions.ts';
import type { WholeDefinitions } from '#shared/data/category-rules.ts';
import { changesSince } from '#shared/data/changes-since.ts';
import type { SituationRepository } from '#shared/data/standing-repository.ts';
import { loadVisibleWithCall } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { etagOf, presentSubmission } from '#shared/domain/submission/present.ts';
import { presentChanges } from '#shared/http/change-texts.ts';
import { handle } from '#shared/http/handle.ts';
import { reasonIn } from '#shared/http/refusal-reasons.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly situations: SituationRepository;
  readonly definitions: WholeDefinitions;
}

export const getSubmission = (dependencies: Dependencies) =>
  handle(contract.getSubmission, async ({ params, actor, locale }) => {
    const { submission, view, own, called } = await loadVisibleWithCall(
      dependencies,
      params.submissionId,
      actor.subject,
    );
    const changes = own ? await changesSince(dependencies.definitions, called, submission) : undefined;
    return {
      body: {
        ...presentSubmission(submission, view, called.deadline, reasonIn(locale)),
        ...(changes === undefined ? {} : { changes: presentChanges(changes, locale) }),
      },
      headers: { etag: etagOf(submission.head) },
    };
  });
