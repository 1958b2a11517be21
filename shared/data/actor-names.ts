import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { ActingPerson } from '#shared/domain/history/actors.ts';
import { batchGet } from './batch-get.ts';
import { membershipKey, parseMembership } from './memberships-repository.ts';

const keyOf = ({ subject, organizationId, role }: ActingPerson): string => `${subject} ${organizationId} ${role}`;

export type ActorNames = ReturnType<typeof actorNames>;

/** What people are called by the organisation they acted for, strongly consistent: who was removed from it has no name any more. */
export const actorNames = (db: DynamoDBDocumentClient, membershipsTable: string) => ({
  /** The name of each of these people, where the record has one. */
  async of(people: readonly ActingPerson[]): Promise<(person: ActingPerson) => string | undefined> {
    const distinct = new Map(people.map((person) => [keyOf(person), person]));
    const keys = [...distinct.values()].map(({ subject, organizationId, role }) =>
      membershipKey(subject, organizationId, role),
    );
    const found = keys.length === 0 ? [] : await batchGet(db, membershipsTable, keys);
    const names = new Map(found.map(parseMembership).map((member) => [keyOf(member), member.name]));
    return (person) => names.get(keyOf(person));
  },
});
