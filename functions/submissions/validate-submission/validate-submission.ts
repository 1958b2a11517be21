import * as contract from '#shared/contract/submissions.ts';
import type { Definitions } from '#shared/data/category-rules.ts';
import { rulesInForce } from '#shared/data/rules-in-force.ts';
import type { SituationRepository } from '#shared/data/standing-repository.ts';
import { loadOwnWithRecords, type OwnWithRecords } from '#shared/data/submission-access.ts';
import type { SubmissionsRepository } from '#shared/data/submissions-repository.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { jointOf } from '#shared/domain/eligibility/judge-partners.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { limitsOf } from '#shared/domain/limits/limits.ts';
import { checkSubmission } from '#shared/domain/submission/check-submission.ts';
import { circumstanceFaults } from '#shared/domain/submission/dry-run.ts';
import { countsForPartners } from '#shared/domain/submission/partners.ts';
import { handle } from '#shared/http/handle.ts';
import { faultsToErrors } from '#shared/http/problem-reply.ts';
import type { AttachmentInspector } from '#shared/storage/attachment-inspector.ts';
import { proveExpected } from '#shared/storage/settle-attachments.ts';

export interface Dependencies {
  readonly submissions: Pick<SubmissionsRepository, 'load'>;
  readonly situations: SituationRepository;
  readonly definitions: Definitions;
  readonly objects: AttachmentInspector;
  readonly tallies: Pick<TalliesRepository, 'countsOfUnit'>;
}

/** All that a submit received now would be refused for; files are proven as a submit would, and nothing of it is kept. */
export const validateSubmission = (dependencies: Dependencies) => {
  const { definitions, objects, tallies } = dependencies;

  const faultsOf = async (own: OwnWithRecords, receivedAt: number): Promise<Fault[]> => {
    const { submission, call, deadline } = own;
    const { head } = submission;
    const rules = await rulesInForce(definitions, call, head.category);
    const limits = limitsOf(rules.call, rules.place.path);
    const named = countsForPartners(jointOf(rules.call, rules.place.category)) ? submission.partners : [];
    // Anybody can be named, so nothing is told of what a unit has submitted before it consented.
    const counted = named.flatMap(({ unitId, name, consentedAt }, place) =>
      consentedAt === undefined ? [] : [{ unitId, name, place }],
    );
    const [proven, counts, partnerCounts] = await Promise.all([
      proveExpected(objects, submission, Date.parse(deadline.closesAt)),
      tallies.countsOfUnit(head.callId, head.unitId, limits),
      Promise.all(
        counted.map(async ({ unitId, name, place }) => ({
          place,
          name,
          counts: await tallies.countsOfUnit(head.callId, unitId, limits),
        })),
      ),
    ]);
    const { faults } = checkSubmission({ ...own, submission: proven.submission, rules, receivedAt });
    return [...circumstanceFaults(call, deadline, receivedAt, limits, counts, partnerCounts), ...faults];
  };

  return handle(contract.validateSubmission, async ({ params, actor, locale, receivedAt }) => {
    const own = await loadOwnWithRecords(dependencies, params.submissionId, actor.subject);
    // What is submitted would be given its receipt again, whatever the hour.
    const faults = own.submission.head.status === 'submitted' ? [] : await faultsOf(own, receivedAt);
    return { body: { ready: faults.length === 0, errors: faultsToErrors(faults, locale) } };
  });
};
