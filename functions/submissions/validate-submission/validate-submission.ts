import * as contract from '#shared/contract/submissions.ts';
import { type Definitions, rulesInForce } from '#shared/data/category-rules.ts';
import type { SituationRepository } from '#shared/data/standing-repository.ts';
import { loadOwn } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { checkSubmission } from '#shared/domain/submission/check-submission.ts';
import { handle } from '#shared/http/handle.ts';
import { faultsToErrors } from '#shared/http/problem-reply.ts';
import type { AttachmentInspector } from '#shared/storage/attachment-inspector.ts';
import { proveExpected } from '#shared/storage/settle-attachments.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly situations: SituationRepository;
  readonly definitions: Definitions;
  readonly objects: AttachmentInspector;
}

/** A submit's checks without its window and limits; files are proven as a submit would, and nothing of it is kept. */
export const validateSubmission = (dependencies: Dependencies) =>
  handle(contract.validateSubmission, async ({ params, actor, locale }) => {
    const { submission, call, unitKinds } = await loadOwn(dependencies, params.submissionId, actor.subject);
    const rules = await rulesInForce(dependencies.definitions, call, submission.head.category);
    const proven = await proveExpected(dependencies.objects, submission, Date.parse(deadlineInForce(call).closesAt));
    const { faults } = checkSubmission(rules, unitKinds, proven.submission);
    return { body: { ready: faults.length === 0, errors: faultsToErrors(faults, locale) } };
  });
