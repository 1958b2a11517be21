import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CallId, Instant } from '#shared/contract/primitives.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { batchGet } from './batch-get.ts';
import { boundedCache } from './bounded-cache.ts';
import {
  type CallVersion,
  DUE,
  formItem,
  formKey,
  headItem,
  headKey,
  PUBLISHED,
  parseForm,
  parseHead,
  parseVersion,
  versionItem,
  versionKey,
} from './call-items.ts';
import { parseItem } from './parse-item.ts';
import { transact } from './transact.ts';

/** A place in the list of published calls. */
export const PublishedPosition = z.object({ callId: CallId, closesAt: Instant });
export type PublishedPosition = z.output<typeof PublishedPosition>;

export interface CallsRepository {
  /** Strongly consistent. */
  head(callId: string): Promise<CallHead | undefined>;
  /** Strongly consistent, in the order asked for; unknown ones are left out. */
  heads(callIds: readonly string[]): Promise<CallHead[]>;
  /** A saved version. Immutable, so cached. */
  version(callId: string, version: number): Promise<CallVersion | undefined>;
  /** The definition of a version that a head names. Immutable, so cached; throws where there is none. */
  definition(callId: string, version: number): Promise<CallDefinitionWithoutForms>;
  /** A form of a version that a head names. Immutable, so cached; throws where there is none. */
  form(callId: string, version: number, form: string): Promise<FormDefinition>;
  /**
   * A page of published calls, latest deadline first, from an index that may lag: only places to read heads at. `closesAfter` (exclusive) and
   * `closesUpTo` (inclusive) bound the deadlines; `after` must lie within them. `next` is absent on the last page.
   */
  pageOfPublished(page: {
    limit: number;
    after?: PublishedPosition | undefined;
    closesAfter?: string | undefined;
    closesUpTo?: string | undefined;
  }): Promise<{ positions: PublishedPosition[]; next?: PublishedPosition }>;
  /** Ids of published calls whose close is to be recorded by `until`, the earliest first, at most `limit`; from an index that may lag. */
  dueToClose(until: string, limit: number): Promise<string[]>;
  /** Writes a new version with its forms and the head that counts it, all or nothing. `moved`: the head was no longer at `revision` (0: no head yet). */
  saveVersionAtRevision(
    head: CallHead,
    version: CallVersion,
    forms: Readonly<Record<string, FormDefinition>>,
    revision: number,
  ): Promise<'saved' | 'moved'>;
  /** Replaces a head that is still at `revision`. */
  replaceHeadAtRevision(head: CallHead, revision: number): Promise<'replaced' | 'moved'>;
}

/** Versions and forms kept per instance: at most some 10 MB of parsed definitions. */
const CACHED = 100;

const atRevision = (revision: number) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(callId)' }
    : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } };

const deadlineBounds = (bounds: { closesAfter?: string | undefined; closesUpTo?: string | undefined }) => {
  if (bounds.closesAfter !== undefined) return { condition: ' AND closesAt > :bound', bound: bounds.closesAfter };
  if (bounds.closesUpTo !== undefined) return { condition: ' AND closesAt <= :bound', bound: bounds.closesUpTo };
  return { condition: '', bound: undefined };
};

export const callsRepository = (db: DynamoDBDocumentClient, tableName: string): CallsRepository => {
  const versions = boundedCache<CallVersion | undefined>(CACHED);
  const forms = boundedCache<FormDefinition>(CACHED);

  const read = async (key: Record<string, string>) => {
    const { Item } = await db.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item;
  };

  const repository: CallsRepository = {
    async head(callId) {
      const item = await read(headKey(callId));
      return item === undefined ? undefined : parseHead(item);
    },

    async heads(callIds) {
      const heads = (await batchGet(db, tableName, callIds.map(headKey))).map(parseHead);
      const byId = new Map(heads.map((head) => [head.callId, head]));
      return callIds.flatMap((callId) => byId.get(callId) ?? []);
    },

    version: (callId, version) =>
      versions.get(`${callId}#${version}`, async () => {
        const item = await read(versionKey(callId, version));
        return item === undefined ? undefined : parseVersion(item);
      }),

    async definition(callId, version) {
      const stored = await repository.version(callId, version);
      if (stored === undefined) throw new Error(`Call ${callId} has no version ${version}`);
      return stored.definition;
    },

    form: (callId, version, form) =>
      forms.get(`${callId}#${version}#${form}`, async () => {
        const item = await read(formKey(callId, version, form));
        if (item === undefined) throw new Error(`Version ${version} of call ${callId} has no form ${form}`);
        return parseForm(item);
      }),

    async pageOfPublished({ limit, after, ...bounds }) {
      const { condition, bound } = deadlineBounds(bounds);
      const { Items = [], LastEvaluatedKey } = await db.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'published',
          KeyConditionExpression: `published = :published${condition}`,
          ExpressionAttributeValues: { ':published': PUBLISHED, ...(bound === undefined ? {} : { ':bound': bound }) },
          ScanIndexForward: false,
          Limit: limit,
          ...(after === undefined
            ? {}
            : {
                ExclusiveStartKey: { ...headKey(after.callId), published: PUBLISHED, closesAt: after.closesAt },
              }),
        }),
      );
      const positions = Items.map((item) => parseItem('place in the list of calls', PublishedPosition, item));
      const next = LastEvaluatedKey === undefined ? undefined : positions.at(-1);
      return next === undefined ? { positions } : { positions, next };
    },

    async dueToClose(until, limit) {
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName: tableName,
          IndexName: 'due',
          KeyConditionExpression: 'due = :due AND dueAt <= :until',
          ExpressionAttributeValues: { ':due': DUE, ':until': until },
          Limit: limit,
        }),
      );
      return Items.map((item) => parseItem('due call', z.object({ callId: CallId }), item).callId);
    },

    async saveVersionAtRevision(head, version, formsByKey, revision) {
      const items = [
        { ...atRevision(revision), Item: headItem(head) },
        { ...atRevision(0), Item: versionItem(version) },
        ...Object.entries(formsByKey).map(([key, form]) => ({
          ...atRevision(0),
          Item: formItem(version.callId, version.version, key, form),
        })),
      ];
      const failed = await transact(
        db,
        items.map((item) => ({ Put: { TableName: tableName, ...item } })),
      );
      return failed.length === 0 ? 'saved' : 'moved';
    },

    async replaceHeadAtRevision(head, revision) {
      try {
        await db.send(new PutCommand({ TableName: tableName, Item: headItem(head), ...atRevision(revision) }));
        return 'replaced';
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return 'moved';
        throw error;
      }
    },
  };
  return repository;
};
