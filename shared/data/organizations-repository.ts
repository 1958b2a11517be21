import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { OrganizationRecord } from '#shared/contract/organization-record.ts';
import { OrganizationId } from '#shared/contract/primitives.ts';
import type { RosterRow } from '#shared/domain/organization/roster.ts';
import { batchGet } from './batch-get.ts';
import { parseItem } from './parse-item.ts';
import { transact } from './transact.ts';

/**
 * `kinds` are matched against a category's `applicants`; an `organiser` may publish calls. What a unit's record came to hold later has a default, so that
 * items written before it are read.
 */
const Organization = z.object({
  ...OrganizationRecord.shape,
  organizationId: OrganizationId,
  name: z.string().min(1),
  kinds: z.array(z.string().min(1)),
  organiser: z.boolean(),
  managedBy: OrganizationId.optional(),
  revision: z.int().default(0),
});
export type Organization = z.output<typeof Organization>;

/** What whoever runs the system gives an organisation. */
export type OrganizationBasics = Pick<Organization, 'organizationId' | 'name' | 'kinds' | 'organiser' | 'managedBy'>;

/** A place in the list of the units of one organiser. */
export const UnitPosition = z.object({ managedBy: OrganizationId, organizationId: OrganizationId });
export type UnitPosition = z.output<typeof UnitPosition>;

export const organizationKey = (organizationId: string) => ({ organizationId });

export const parseOrganization = (item: unknown): Organization => parseItem('organization', Organization, item);

export interface OrganizationsRepository {
  /** Strongly consistent. */
  find(organizationId: string): Promise<Organization | undefined>;
  /** Strongly consistent, in no particular order; unknown ones are left out. */
  findAll(organizationIds: readonly string[]): Promise<Organization[]>;
  /** Sets what is given and leaves the rest of the record as it is; makes it where there is none. */
  put(organization: OrganizationBasics): Promise<void>;
  /** Ids of the units an organiser keeps, in their order, from an index that may lag. `after` is exclusive. */
  pageOfManaged(page: {
    managedBy: string;
    after?: string | undefined;
    limit: number;
  }): Promise<{ organizationIds: string[]; ended: boolean }>;
  /** Replaces an organisation that is still at `revision` (0: there is none, or one that never had a revision). */
  replaceAtRevision(organization: Organization, revision: number): Promise<'replaced' | 'moved'>;
  /**
   * Makes or updates up to 100 units of one organiser, all or nothing: fields a row has are set or cleared, the others stay.
   *
   * @returns the rows whose ids belong to what this organiser does not keep; empty where all was written
   */
  importAll(managedBy: string, rows: readonly RosterRow[]): Promise<RosterRow[]>;
}

/** An update that sets what has a value and removes what has none, and counts. A new item gets `initial` besides. */
const update = (
  fields: Readonly<Record<string, unknown>>,
  initial: Readonly<Record<string, unknown>> = {},
): Pick<
  Required<UpdateCommandInput>,
  'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
> => {
  // Every name by a placeholder: `name` is a reserved word.
  const names = [...Object.keys(fields), ...Object.keys(initial)];
  const set = Object.keys(fields).filter((name) => fields[name] !== undefined);
  const remove = Object.keys(fields).filter((name) => fields[name] === undefined);
  const setters = [
    ...set.map((name) => `#${name} = :${name}`),
    ...Object.keys(initial).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
  ];
  return {
    UpdateExpression: [
      `SET ${setters.join(', ')}`,
      ...(remove.length === 0 ? [] : [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`]),
      'ADD revision :one',
    ].join(' '),
    ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(set.map((name) => [`:${name}`, fields[name]])),
      ...Object.fromEntries(Object.entries(initial).map(([name, value]) => [`:${name}`, value])),
      ':one': 1,
    },
  };
};

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

  async put({ organizationId, name, kinds, organiser, managedBy }) {
    const fields = { name, kinds, organiser, ...(managedBy === undefined ? {} : { managedBy }) };
    await db.send(new UpdateCommand({ TableName: tableName, Key: organizationKey(organizationId), ...update(fields) }));
  },

  async pageOfManaged({ managedBy, after, limit }) {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byManager',
        KeyConditionExpression: 'managedBy = :managedBy',
        ExpressionAttributeValues: { ':managedBy': managedBy },
        Limit: limit,
        ...(after === undefined ? {} : { ExclusiveStartKey: { managedBy, organizationId: after } }),
      }),
    );
    const organizationIds = Items.map(
      (item) => parseItem('place in the list of units', UnitPosition, item).organizationId,
    );
    return { organizationIds, ended: LastEvaluatedKey === undefined };
  },

  async replaceAtRevision(organization, revision) {
    const put = new PutCommand({
      TableName: tableName,
      Item: organization,
      ...(revision === 0
        ? { ConditionExpression: 'attribute_not_exists(revision)' }
        : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } }),
    });
    try {
      await db.send(put);
      return 'replaced';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'moved';
      throw error;
    }
  },

  async importAll(managedBy, rows) {
    const failed = await transact(
      db,
      rows.map(({ organizationId, fields }) => ({
        Update: {
          TableName: tableName,
          Key: organizationKey(organizationId),
          ...update({ managedBy, ...fields }, { organiser: false, ...('kinds' in fields ? {} : { kinds: [] }) }),
          ConditionExpression: 'attribute_not_exists(organizationId) OR managedBy = :managedBy',
        },
      })),
    );
    return failed.flatMap(({ position }) => rows[position] ?? []);
  },
});
