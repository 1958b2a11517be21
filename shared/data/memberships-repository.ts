import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Role } from '#shared/contract/account.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import { parseItem } from './parse-item.ts';

const Membership = z.object({ subject: z.string().min(1), organizationId: OrganizationId, role: Role });
export type Membership = z.output<typeof Membership>;

export const membershipKey = (subject: string, organizationId: string, role: Role) => ({
  subject,
  membership: `${organizationId}#${role}`,
});

export const parseMembership = (item: unknown): Membership => parseItem('membership', Membership, item);

export interface MembershipsRepository {
  /** Strongly consistent: a role that was taken away counts no longer. */
  find(subject: string, organizationId: string, role: Role): Promise<Membership | undefined>;
  /** All of a subject's memberships, strongly consistent, in order of organisation and role. */
  ofSubject(subject: string): Promise<Membership[]>;
  put(membership: Membership): Promise<void>;
  remove(membership: Membership): Promise<void>;
}

export const membershipsRepository = (db: DynamoDBDocumentClient, tableName: string): MembershipsRepository => ({
  async find(subject, organizationId, role) {
    const { Item } = await db.send(
      new GetCommand({
        TableName: tableName,
        Key: membershipKey(subject, organizationId, role),
        ConsistentRead: true,
      }),
    );
    return Item === undefined ? undefined : parseMembership(Item);
  },

  async ofSubject(subject) {
    const pages = paginateQuery(
      { client: db },
      {
        TableName: tableName,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': subject },
        ConsistentRead: true,
      },
    );
    const memberships: Membership[] = [];
    for await (const page of pages) memberships.push(...(page.Items ?? []).map(parseMembership));
    return memberships;
  },

  async put(membership) {
    const { subject, organizationId, role } = membership;
    await db.send(
      new PutCommand({
        TableName: tableName,
        Item: { ...membershipKey(subject, organizationId, role), organizationId, role },
      }),
    );
  },

  async remove({ subject, organizationId, role }) {
    await db.send(new DeleteCommand({ TableName: tableName, Key: membershipKey(subject, organizationId, role) }));
  },
});
