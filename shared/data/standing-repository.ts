import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import type { Standing } from '#shared/domain/submission/visibility.ts';
import { batchGetTables } from './batch-get.ts';
import { headKey, parseHead } from './call-items.ts';
import { membershipKey, parseMembership } from './memberships-repository.ts';
import { type Organization, organizationKey, parseOrganization } from './organizations-repository.ts';

export interface StandingTables {
  readonly calls: string;
  readonly memberships: string;
  readonly organizations: string;
}

/** All that decides who the actor is to a submission and what the call and the unit are just now. */
export interface StandingRead {
  readonly standing: Standing;
  readonly call: CallHead | undefined;
  readonly unit: Organization | undefined;
}

export type StandingRepository = ReturnType<typeof standingRepository>;

/** Reads across tables in one round trip, strongly consistent: a role taken away or a deadline moved counts at once. */
export const standingRepository = (db: DynamoDBDocumentClient, tables: StandingTables) => ({
  async read(
    subject: string,
    { callId, organiser, unitId }: Pick<SubmissionHead, 'callId' | 'organiser' | 'unitId'>,
  ): Promise<StandingRead> {
    const found = await batchGetTables(db, {
      [tables.calls]: [headKey(callId)],
      [tables.memberships]: [membershipKey(subject, unitId, 'applicant'), membershipKey(subject, organiser, 'officer')],
      [tables.organizations]: [organizationKey(unitId)],
    });
    const [call] = found[tables.calls] ?? [];
    const [unit] = found[tables.organizations] ?? [];
    const roles = (found[tables.memberships] ?? []).map((item) => parseMembership(item).role);
    return {
      standing: { applicant: roles.includes('applicant'), officer: roles.includes('officer') },
      call: call === undefined ? undefined : parseHead(call),
      unit: unit === undefined ? undefined : parseOrganization(unit),
    };
  },
});
