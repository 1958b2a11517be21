import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { DEMO_MEMBERS, DEMO_ORGANIZATIONS } from './demo-people.ts';

/** Writes the demo organisations and memberships, again and again with the same result; a record that is there stays as its organiser keeps it. */
export const seedPeople = async (
  db: DynamoDBDocumentClient,
  tables: { organizations: string; memberships: string },
): Promise<void> => {
  const organizations = organizationsRepository(db, tables.organizations);
  const memberships = membershipsRepository(db, tables.memberships);
  await Promise.all([
    ...DEMO_ORGANIZATIONS.map((organization) =>
      organizations.replaceAtRevision({ flags: [], sanctions: [], overdue: [], ...organization, revision: 1 }, 0),
    ),
    ...DEMO_MEMBERS.map(({ subject, organizationId, role, email }) =>
      memberships.put({ subject, organizationId, role, email }),
    ),
  ]);
};
