import * as contract from '#shared/contract/eligibility.ts';
import type { CallsRepository } from '#shared/data/calls-repository.ts';
import type { WholeDefinitions } from '#shared/data/category-rules.ts';
import type { DeadlinesRepository } from '#shared/data/deadlines-repository.ts';
import type { Membership, MembershipsRepository } from '#shared/data/memberships-repository.ts';
import type { OrganizationsRepository } from '#shared/data/organizations-repository.ts';
import { placesInForce } from '#shared/data/places-in-force.ts';
import type { TalliesRepository } from '#shared/data/tallies-repository.ts';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { statusOf } from '#shared/domain/call/status.ts';
import { deadlineInForce, grantedWithin } from '#shared/domain/deadline/deadline-in-force.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { actingUnit } from '#shared/domain/eligibility/acting-unit.ts';
import { type Applicant, withoutRecord } from '#shared/domain/eligibility/applicant.ts';
import { limitsToTell } from '#shared/domain/eligibility/judge-limits.ts';
import { presentCategory } from '#shared/domain/eligibility/present.ts';
import { limitsOf } from '#shared/domain/limits/limits.ts';
import { inRole } from '#shared/domain/organization/in-role.ts';
import { keeperOf } from '#shared/domain/organization/keeper.ts';
import { sayIn } from '#shared/http/eligibility-sentences.ts';
import { handle } from '#shared/http/handle.ts';
import { toInstant } from '#shared/runtime/instants.ts';

export interface Dependencies {
  readonly calls: WholeDefinitions & Pick<CallsRepository, 'head'>;
  readonly deadlines: Pick<DeadlinesRepository, 'grantedToUnit'>;
  readonly memberships: Pick<MembershipsRepository, 'ofSubject'>;
  readonly organizations: Pick<OrganizationsRepository, 'find'>;
  readonly tallies: Pick<TalliesRepository, 'countsOfUnit'>;
}

export const getEligibility = ({ calls, deadlines, memberships, organizations, tallies }: Dependencies) => {
  /**
   * The unit that is asked about: their own, and an officer of the organiser asks about others too, as far as they may read the records. What is told
   * is what the record says.
   */
  const unitAskedAbout = async (
    roles: readonly Membership[],
    organiser: string,
    named: string | undefined,
  ): Promise<Applicant> => {
    const own = inRole(roles, 'applicant');
    const officerOf = inRole(roles, 'officer');
    const ofAnother = named !== undefined && !own.includes(named) && officerOf.includes(organiser);
    const unitId = ofAnother ? named : actingUnit(own, named);
    const record = await organizations.find(unitId);
    const keeper = record && keeperOf(record);
    if (ofAnother && (keeper === undefined || !officerOf.includes(keeper))) throw new DomainError('NOT_FOUND');
    return record ?? withoutRecord(unitId);
  };

  return handle(
    contract.getEligibility,
    async ({ params: { callId }, query, actor: { subject }, receivedAt, locale }) => {
      const [found, roles] = await Promise.all([calls.head(callId), memberships.ofSubject(subject)]);
      // Before anything is said of the unit: what is not published is not there, whoever asks.
      const { head } = callInForce(found);
      const [unit, { version, call: terms, places }] = await Promise.all([
        unitAskedAbout(roles, head.organiser, query.unitId),
        placesInForce(calls, head, query.category),
      ]);
      const limited = places.map((open) => ({ ...open, limits: limitsOf(terms, open.place.path) }));
      const limits = limited.flatMap((one) => one.limits);
      // One read of the unit's tally for the limits of all categories.
      const [counts, granted] = await Promise.all([
        tallies.countsOfUnit(callId, unit.organizationId, limits),
        deadlines.grantedToUnit(callId, unit.organizationId),
      ]);
      const countOf = new Map(limits.map((limit, index) => [limit, counts[index] ?? 0]));
      const say = sayIn(locale);
      return {
        body: {
          callId,
          version,
          unitId: unit.organizationId,
          judgedAt: toInstant(receivedAt),
          status: statusOf(head, receivedAt),
          closesText: head.closesText,
          categories: limited.map(({ place, decide, limits: ofPlace }) =>
            presentCategory(
              { terms, place, decide, window: head, unit, judgedAt: receivedAt },
              deadlineInForce(
                head,
                grantedWithin(granted, { category: place.category.code, unitId: unit.organizationId }),
              ),
              limitsToTell(
                terms,
                ofPlace.map((scope) => ({ scope, count: countOf.get(scope) ?? 0 })),
              ),
              say,
            ),
          ),
        },
      };
    },
  );
};
