import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { DEMO_MEMBERS, DEMO_ORGANIZATIONS } from './demo-people.ts';

/** Writes the demo organisations and memberships; again and again with the same result. */
export const seedPeople = async (
  client: DynamoDBClient,
  tables: { organizations: string; memberships: string },
): Promise<void> => {
  const db = DynamoDBDocumentClient.from(client);
  const organizations = organizationsRepository(db, tables.organizations);
  const memberships = membershipsRepository(db, tables.memberships);
  await Promise.all([
    ...DEMO_ORGANIZATIONS.map((organization) => organizations.put(organization)),
    ...DEMO_MEMBERS.map(({ subject, organizationId, role }) => memberships.put({ subject, organizationId, role })),
  ]);
};
