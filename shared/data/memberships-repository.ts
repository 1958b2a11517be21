import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { MemberDetails, Role } from '#shared/contract/membership.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import { batchGet } from './batch-get.ts';
import { parseItem } from './parse-item.ts';
import { transact } from './transact.ts';

/** What is known of the person came later: items without it are read. */
const Membership = z.object({
  subject: z.string().min(1),
  organizationId: OrganizationId,
  role: Role,
  ...MemberDetails.shape,
});
export type Membership = z.output<typeof Membership>;

/** A place in the list of an organisation's members: the keys of table and index. */
export const MemberPosition = z.object({ subject: z.string(), organizationId: OrganizationId, membership: z.string() });
export type MemberPosition = z.output<typeof MemberPosition>;

export const membershipKey = (subject: string, organizationId: string, role: Role) => ({
  subject,
  membership: `${organizationId}#${role}`,
});

const itemOf = ({ subject, ...membership }: Membership) => ({
  ...membershipKey(subject, membership.organizationId, membership.role),
  ...membership,
});

export const parseMembership = (item: unknown): Membership => parseItem('membership', Membership, item);

export interface MembershipsRepository {
  /** Strongly consistent: a role that was taken away counts no longer. */
  find(subject: string, organizationId: string, role: Role): Promise<Membership | undefined>;
  /** All of a subject's memberships, strongly consistent, in order of organisation and role. */
  ofSubject(subject: string): Promise<Membership[]>;
  put(membership: Membership): Promise<void>;
  remove(membership: Pick<Membership, 'subject' | 'organizationId' | 'role'>): Promise<void>;
  /** Gives a subject this role in the organisation, replaces what is known of it there, and takes every other role, at once. */
  putOnlyRole(membership: Membership): Promise<void>;
  /** Takes every role of a subject in an organisation. False where there was none. */
  removeAllRoles(subject: string, organizationId: string): Promise<boolean>;
  /** Members by subject, from an index that may lag: who was added just now may be missing, who was removed is not there. `after` is exclusive. */
  pageOfMembers(page: {
    organizationId: string;
    after?: MemberPosition | undefined;
    limit: number;
  }): Promise<{ members: Membership[]; next?: MemberPosition }>;
}

const inOrder = (one: Membership, other: Membership): number => {
  const keys = [one, other].map(({ subject, role }) => `${subject}\u0000${role}`);
  return keys[0] === keys[1] ? 0 : String(keys[0]) < String(keys[1]) ? -1 : 1;
};

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
    await db.send(new PutCommand({ TableName: tableName, Item: itemOf(membership) }));
  },

  async remove({ subject, organizationId, role }) {
    await db.send(new DeleteCommand({ TableName: tableName, Key: membershipKey(subject, organizationId, role) }));
  },

  async putOnlyRole(membership) {
    const { subject, organizationId, role } = membership;
    const others = Role.options.filter((other) => other !== role);
    await transact(db, [
      { Put: { TableName: tableName, Item: itemOf(membership) } },
      ...others.map((other) => ({
        Delete: { TableName: tableName, Key: membershipKey(subject, organizationId, other) },
      })),
    ]);
  },

  async removeAllRoles(subject, organizationId) {
    const removed = await Promise.all(
      Role.options.map((role) =>
        db.send(
          new DeleteCommand({
            TableName: tableName,
            Key: membershipKey(subject, organizationId, role),
            ReturnValues: 'ALL_OLD',
          }),
        ),
      ),
    );
    return removed.some(({ Attributes }) => Attributes !== undefined);
  },

  async pageOfMembers({ organizationId, after, limit }) {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byOrganization',
        KeyConditionExpression: 'organizationId = :organizationId',
        ExpressionAttributeValues: { ':organizationId': organizationId },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: after }),
      }),
    );
    const positions = Items.map((item) => parseItem('place in the list of members', MemberPosition, item));
    const keys = positions.map(({ subject, membership }) => ({ subject, membership }));
    const members = (await batchGet(db, tableName, keys)).map(parseMembership).sort(inOrder);
    const next = LastEvaluatedKey === undefined ? undefined : positions.at(-1);
    return next === undefined ? { members } : { members, next };
  },
});
