import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Partner, SubmissionHead } from '#shared/domain/submission/submission.ts';
import type { Standing } from '#shared/domain/submission/visibility.ts';
import { batchGet, batchGetTables } from './batch-get.ts';
import { type CallAndDeadline, callAndDeadlineReader, type DeadlineOf } from './deadlines-repository.ts';
import { membershipKey, parseMembership } from './memberships-repository.ts';
import { type Organization, organizationKey, parseOrganization } from './organizations-repository.ts';

/** What an actor's standing is decided by. A head alone does not say who its partners are. */
interface Concerned {
  readonly head: Pick<SubmissionHead, 'organiser' | 'unitId'>;
  readonly partners?: readonly Pick<Partner, 'unitId'>[];
}

const rolesOver = (subject: string, { head: { organiser, unitId }, partners = [] }: Concerned) => [
  membershipKey(subject, unitId, 'applicant'),
  membershipKey(subject, organiser, 'officer'),
  ...partners.map((partner) => membershipKey(subject, partner.unitId, 'applicant')),
];

const standingFrom = ({ head, partners = [] }: Concerned, found: readonly unknown[] = []): Standing => {
  const memberships = found.map(parseMembership);
  const isApplicantOf = (unitId: string): boolean =>
    memberships.some(({ organizationId, role }) => role === 'applicant' && organizationId === unitId);
  return {
    applicant: isApplicantOf(head.unitId),
    officer: memberships.some(({ role }) => role === 'officer'),
    partnerOf: partners.map(({ unitId }) => unitId).filter(isApplicantOf),
  };
};

export type StandingRepository = ReturnType<typeof standingRepository>;

/** Who the actor is to a submission, strongly consistent: a role taken away counts at once. */
export const standingRepository = (db: DynamoDBDocumentClient, membershipsTable: string) => ({
  async of(subject: string, concerned: Concerned): Promise<Standing> {
    return standingFrom(concerned, await batchGet(db, membershipsTable, rolesOver(subject, concerned)));
  },
});

/** All that decides on a change of a submission: who the actor is to it, and what its call and its units are just now. */
export interface Situation {
  readonly standing: Standing;
  /** With the deadline that holds for the submission; undefined where there is no call. */
  readonly called: CallAndDeadline | undefined;
  readonly unit: Organization | undefined;
  /** Partners that consented and have a record, in no particular order. */
  readonly partners: readonly Organization[];
}

/** What decides on a change by the unit that leads a submission, as far as the unit's record does not. */
export interface ApplicantSituations {
  /** Its call and the deadline that holds for it; undefined where the actor is none of the unit's applicants, or there is no call. */
  ofApplicant(
    subject: string,
    head: Pick<SubmissionHead, 'organiser'> & DeadlineOf,
  ): Promise<CallAndDeadline | undefined>;
}

/** In one round trip, two where a call is met first in which deadlines were granted; strongly consistent: a deadline moved counts at once. */
const applicantSituations = (
  db: DynamoDBDocumentClient,
  tables: { calls: string; memberships: string },
): ApplicantSituations => {
  const readingOf = callAndDeadlineReader(db, tables.calls);
  return {
    async ofApplicant(subject, head) {
      const reading = readingOf(head);
      const found = await batchGetTables(db, {
        [tables.calls]: reading.keys,
        [tables.memberships]: [membershipKey(subject, head.unitId, 'applicant')],
      });
      const { applicant } = standingFrom({ head }, found[tables.memberships]);
      return applicant ? reading.complete(found[tables.calls] ?? []) : undefined;
    },
  };
};

/** The same by the names of a function's environment. */
export const applicantSituationsFrom = (
  db: DynamoDBDocumentClient,
  env: { readonly CALLS_TABLE: string; readonly MEMBERSHIPS_TABLE: string },
): ApplicantSituations => applicantSituations(db, { calls: env.CALLS_TABLE, memberships: env.MEMBERSHIPS_TABLE });

export interface SituationRepository extends ApplicantSituations {
  of(
    subject: string,
    submission: { head: Pick<SubmissionHead, 'organiser'> & DeadlineOf; partners: readonly Partner[] },
  ): Promise<Situation>;
}

/** Reads across tables in as many round trips. */
export const situationRepository = (
  db: DynamoDBDocumentClient,
  tables: { calls: string; memberships: string; organizations: string },
): SituationRepository => {
  const readingOf = callAndDeadlineReader(db, tables.calls);
  return {
    ...applicantSituations(db, tables),

    async of(subject, submission) {
      const { head, partners } = submission;
      const consenting = partners.filter(({ consentedAt }) => consentedAt !== undefined);
      const reading = readingOf(head);
      const found = await batchGetTables(db, {
        [tables.calls]: reading.keys,
        [tables.memberships]: rolesOver(subject, submission),
        [tables.organizations]: [head, ...consenting].map(({ unitId }) => organizationKey(unitId)),
      });
      const units = (found[tables.organizations] ?? []).map(parseOrganization);
      return {
        standing: standingFrom(submission, found[tables.memberships]),
        called: await reading.complete(found[tables.calls] ?? []),
        unit: units.find(({ organizationId }) => organizationId === head.unitId),
        partners: units.filter(({ organizationId }) => organizationId !== head.unitId),
      };
    },
  };
};

/** The same by the names of a function's environment. */
export const situationsFrom = (
  db: DynamoDBDocumentClient,
  env: { readonly CALLS_TABLE: string; readonly MEMBERSHIPS_TABLE: string; readonly ORGANIZATIONS_TABLE: string },
): SituationRepository =>
  situationRepository(db, {
    calls: env.CALLS_TABLE,
    memberships: env.MEMBERSHIPS_TABLE,
    organizations: env.ORGANIZATIONS_TABLE,
  });
