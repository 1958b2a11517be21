import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CallId, Instant } from '#shared/contract/primitives.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { CategoryRecord } from '#shared/domain/call/category-record.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { batchGet } from './batch-get.ts';
import { boundedCache, type Sized } from './bounded-cache.ts';
import { type CallVersion, headKey, PUBLISHED, parseHead, parseVersion, versionKey } from './call-items.ts';
import { categoryPart, definitionPart, formPart, parseCategory, parseDefinition, parseForm } from './call-parts.ts';
import { parseItem } from './parse-item.ts';

/** A place in the list of published calls. */
export const PublishedPosition = z.object({ callId: CallId, closesAt: Instant });
export type PublishedPosition = z.output<typeof PublishedPosition>;

export interface CallsRepository {
  /** Strongly consistent. */
  head(callId: string): Promise<CallHead | undefined>;
  /** Strongly consistent, in the order asked for; unknown ones are left out. */
  heads(callIds: readonly string[]): Promise<CallHead[]>;
  /** A saved version, without what it says. Immutable, so cached. */
  version(callId: string, version: number): Promise<CallVersion | undefined>;
  /** What a version says, by the digest that it or the head names. Immutable, so cached; throws where there is none. */
  definition(callId: string, content: string): Promise<CallDefinitionWithoutForms>;
  /** What a version asks in a category. Immutable, so cached; undefined where the version has no such category. */
  category(callId: string, content: string, code: string): Promise<CategoryRecord | undefined>;
  /** A form by the digest that a category or a version names. Immutable, so cached; throws where there is none. */
  form(callId: string, digest: string): Promise<FormDefinition>;
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
}

/**
 * What an instance keeps, in characters of JSON, some 100 MB once parsed: hundreds of categories (some 3,000 each) and of forms of 40 fields (some 10,000 each).
 */
const CACHED = { versions: 1_000_000, definitions: 6_000_000, categories: 6_000_000, forms: 12_000_000 };

const deadlineBounds = (bounds: { closesAfter?: string | undefined; closesUpTo?: string | undefined }) => {
  if (bounds.closesAfter !== undefined) return { condition: ' AND closesAt > :bound', bound: bounds.closesAfter };
  if (bounds.closesUpTo !== undefined) return { condition: ' AND closesAt <= :bound', bound: bounds.closesUpTo };
  return { condition: '', bound: undefined };
};

export const callsRepository = (db: DynamoDBDocumentClient, tableName: string): CallsRepository => {
  const versions = boundedCache<CallVersion>(CACHED.versions);
  const definitions = boundedCache<CallDefinitionWithoutForms>(CACHED.definitions);
  const categories = boundedCache<CategoryRecord>(CACHED.categories);
  const forms = boundedCache<FormDefinition>(CACHED.forms);

  const read = async (key: Record<string, string>) => {
    const { Item } = await db.send(new GetCommand({ TableName: tableName, Key: key, ConsistentRead: true }));
    return Item;
  };

  const readPart = async <Value>(
    callId: string,
    item: string,
    parse: (item: unknown) => Promise<Sized<Value>>,
  ): Promise<Sized<Value> | undefined> => {
    const found = await read({ callId, item });
    return found === undefined ? undefined : parse(found);
  };

  return {
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
        return item === undefined ? undefined : { value: parseVersion(item), size: JSON.stringify(item).length };
      }),

    async definition(callId, content) {
      const item = definitionPart(content);
      const definition = await definitions.get(`${callId} ${item}`, () => readPart(callId, item, parseDefinition));
      if (definition === undefined) throw new Error(`Call ${callId} has no definition ${content}`);
      return definition;
    },

    category(callId, content, code) {
      const item = categoryPart(content, code);
      return categories.get(`${callId} ${item}`, () => readPart(callId, item, parseCategory));
    },

    async form(callId, digest) {
      const item = formPart(digest);
      const form = await forms.get(`${callId} ${item}`, () => readPart(callId, item, parseForm));
      if (form === undefined) throw new Error(`Call ${callId} has no form ${digest}`);
      return form;
    },

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
  };
};
