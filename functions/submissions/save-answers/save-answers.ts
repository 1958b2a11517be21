import * as contract from '#shared/contract/submissions.ts';
import { categoryInForce, type WholeDefinitions } from '#shared/data/category-rules.ts';
import { changesSince } from '#shared/data/changes-since.ts';
import type { ApplicantSituations } from '#shared/data/standing-repository.ts';
import { loadOwn, TRIES } from '#shared/data/submission-access.ts';
import type { SubmissionChanges } from '#shared/data/submission-changes.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { etagOf, presentSubmission } from '#shared/domain/submission/present.ts';
import { withSavedAnswers } from '#shared/domain/submission/transitions.ts';
import { presentChanges } from '#shared/http/change-texts.ts';
import { handle } from '#shared/http/handle.ts';
import { ifMatches } from '#shared/http/if-match.ts';
import { reasonIn } from '#shared/http/refusal-reasons.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly changes: Pick<SubmissionChanges, 'saveAnswersAtRevision'>;
  readonly situations: ApplicantSituations;
  readonly definitions: WholeDefinitions;
}

export const saveAnswers = (dependencies: Dependencies) =>
  handle(contract.saveAnswers, async ({ params, headers, body, actor, receivedAt, locale }) => {
    const ifMatch = headers['if-match'];
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { submission, call, deadline } = await loadOwn(dependencies, params.submissionId, actor.subject);
      const { head } = submission;
      assertOpen(call, deadline, receivedAt);
      if (head.status !== 'draft') throw new DomainError('NOT_A_DRAFT');
      if (ifMatch === undefined) throw new DomainError('PRECONDITION_REQUIRED');
      if (!ifMatches(ifMatch, etagOf(head))) throw new DomainError('PRECONDITION_FAILED');

      const { place, form, version } = await categoryInForce(dependencies.definitions, call, head.category);
      const { answers, dropped, faults } = checkShape(form, place.category.fixed, body);
      if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

      // Before the write: what was saved must not be answered with a failure to tell of it.
      const changes = await changesSince(dependencies.definitions, { call, deadline }, { ...submission, answers });
      const next = withSavedAnswers(head, {
        answered: Object.keys(answers).length,
        callVersion: version,
        updatedAt: toInstant(receivedAt),
      });
      if ((await dependencies.changes.saveAnswersAtRevision(next, head, answers, actor.subject)) === 'saved') {
        return {
          body: {
            ...presentSubmission({ ...submission, head: next, answers }, 'all', deadline, reasonIn(locale)),
            dropped: [...dropped],
            ...(changes === undefined ? {} : { changes: presentChanges(changes, locale) }),
          },
          headers: { etag: etagOf(next) },
        };
      }
    }
    throw new DomainError('CONFLICT');
  });
