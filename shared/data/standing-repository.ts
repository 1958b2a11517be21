import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import type { Standing } from '#shared/domain/submission/visibility.ts';
import { batchGet, batchGetTables } from './batch-get.ts';
import { headKey, parseHead } from './call-items.ts';
import { membershipKey, parseMembership } from './memberships-repository.ts';
import { type Organization, organizationKey, parseOrganization } from './organizations-repository.ts';

/** What an actor's standing is decided by. */
type Concerned = Pick<SubmissionHead, 'organiser' | 'unitId'>;

const rolesOver = (subject: string, { organiser, unitId }: Concerned) => [
  membershipKey(subject, unitId, 'applicant'),
  membershipKey(subject, organiser, 'officer'),
];

const standingFrom = (memberships: readonly unknown[] = []): Standing => {
  const roles = memberships.map((item) => parseMembership(item).role);
  return { applicant: roles.includes('applicant'), officer: roles.includes('officer') };
};

export type StandingRepository = ReturnType<typeof standingRepository>;

/** Who the actor is to a submission, strongly consistent: a role taken away counts at once. */
export const standingRepository = (db: DynamoDBDocumentClient, membershipsTable: string) => ({
  async of(subject: string, concerned: Concerned): Promise<Standing> {
    return standingFrom(await batchGet(db, membershipsTable, rolesOver(subject, concerned)));
  },
});

/** All that decides on a change of a submission: who the actor is to it, and what its call and its unit are just now. */
export interface Situation {
  readonly standing: Standing;
  readonly call: CallHead | undefined;
  readonly unit: Organization | undefined;
  /** In no particular order. */
  readonly partners: readonly Organization[];
}

export type SituationRepository = ReturnType<typeof situationRepository>;

/** Reads across tables in one round trip, strongly consistent: a deadline moved counts at once. */
export const situationRepository = (
  db: DynamoDBDocumentClient,
  tables: { calls: string; memberships: string; organizations: string },
) => ({
  /** @param partners units whose records are read besides */
  async of(
    subject: string,
    head: Concerned & Pick<SubmissionHead, 'callId'>,
    partners: readonly string[] = [],
  ): Promise<Situation> {
    const others = new Set(partners);
    others.delete(head.unitId);
    const found = await batchGetTables(db, {
      [tables.calls]: [headKey(head.callId)],
      [tables.memberships]: rolesOver(subject, head),
      [tables.organizations]: [head.unitId, ...others].map(organizationKey),
    });
    const [call] = found[tables.calls] ?? [];
    const units = (found[tables.organizations] ?? []).map(parseOrganization);
    return {
      standing: standingFrom(found[tables.memberships]),
      call: call === undefined ? undefined : parseHead(call),
      unit: units.find(({ organizationId }) => organizationId === head.unitId),
      partners: units.filter(({ organizationId }) => others.has(organizationId)),
    };
  },
});

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
