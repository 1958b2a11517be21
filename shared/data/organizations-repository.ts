import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { OrganizationId } from '#shared/contract/primitives.ts';
import { batchGet } from './batch-get.ts';
import { parseItem } from './parse-item.ts';

/** `kinds` are matched against a category's `applicants`; an `organiser` may publish calls. */
const Organization = z.object({
  organizationId: OrganizationId,
  name: z.string().min(1),
  kinds: z.array(z.string().min(1)),
  organiser: z.boolean(),
});
export type Organization = z.output<typeof Organization>;

export const organizationKey = (organizationId: string) => ({ organizationId });

export const parseOrganization = (item: unknown): Organization => parseItem('organization', Organization, item);

export interface OrganizationsRepository {
  /** Strongly consistent. */
  find(organizationId: string): Promise<Organization | undefined>;
  /** Strongly consistent, in no particular order; unknown ones are left out. */
  findAll(organizationIds: readonly string[]): Promise<Organization[]>;
  put(organization: Organization): Promise<void>;
}

export const organizationsRepository = (db: DynamoDBDocumentClient, tableName: string): OrganizationsRepository => ({
  async find(organizationId) {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: organizationKey(organizationId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : parseOrganization(Item);
  },

  async findAll(organizationIds) {
    return (await batchGet(db, tableName, organizationIds.map(organizationKey))).map(parseOrganization);
  },

  async put(organization) {
    await db.send(new PutCommand({ TableName: tableName, Item: organization }));
  },
});
