import * as contract from '#shared/contract/submissions.ts';
import { categoryInForce, type Definitions } from '#shared/data/category-rules.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import type { ApplicantSituations } from '#shared/data/standing-repository.ts';
import { loadOwn, TRIES } from '#shared/data/submission-access.ts';
import type { SubmissionChanges } from '#shared/data/submission-changes.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import { assertOpen } from '#shared/domain/deadline/assert-open.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { jointOf, judgeKindsOfPartners } from '#shared/domain/eligibility/judge-partners.ts';
import { refusals } from '#shared/domain/eligibility/judgement.ts';
import { partnersSavedEntry } from '#shared/domain/history/submission-entries.ts';
import { namedPartners, namingFaults } from '#shared/domain/submission/partners.ts';
import { presentPartner } from '#shared/domain/submission/present.ts';
import { withPartners } from '#shared/domain/submission/transitions.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly changes: Pick<SubmissionChanges, 'savePartnersAtRevision'>;
  readonly situations: ApplicantSituations;
  readonly definitions: Definitions;
  readonly organizations: Pick<OrganizationsRepository, 'findAll'>;
}

export const savePartners = (dependencies: Dependencies) => {
  const { changes, definitions, organizations } = dependencies;
  return handle(contract.savePartners, async ({ params, body, actor, receivedAt }) => {
    const named = body.partners;
    const units = new Map(
      (await organizations.findAll([...new Set(named)])).map((unit) => [unit.organizationId, unit]),
    );
    const found = named.flatMap((unitId, place) => {
      const unit = units.get(unitId);
      return unit === undefined ? [] : [{ place, unit }];
    });
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      const { submission, call, deadline } = await loadOwn(dependencies, params.submissionId, actor.subject);
      const { head } = submission;
      assertOpen(call, deadline, receivedAt);
      if (head.status !== 'draft') throw new DomainError('NOT_A_DRAFT');
      const rules = await categoryInForce(definitions, call, head.category);
      const joint = jointOf(rules.call, rules.place.category);
      const faults = [
        ...namingFaults(joint, head.unitId, named, units),
        ...refusals(judgeKindsOfPartners(joint, found)),
      ];
      if (faults.length > 0) throw new DomainError('VALIDATION_FAILED', { faults });

      const partners = namedPartners(submission.partners, named, (unitId) => units.get(unitId)?.name ?? unitId);
      const next = withPartners(head, partners, toInstant(receivedAt));
      const entry = partnersSavedEntry(next, partners, actor.subject);
      if ((await changes.savePartnersAtRevision(next, submission, partners, entry)) === 'saved')
        return { body: { partners: partners.map(presentPartner) } };
    }
    throw new DomainError('CONFLICT');
  });
};
