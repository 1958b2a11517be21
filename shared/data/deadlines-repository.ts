import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import {
  type DeadlineInForce,
  type DeadlineScope,
  deadlineInForce,
  type GrantedDeadline,
  grantedWithin,
} from '#shared/domain/deadline/deadline-in-force.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { batchGet } from './batch-get.ts';
import { headKey, parseHead } from './call-items.ts';
import {
  DEADLINE_ITEMS,
  deadlineKey,
  deadlineKeys,
  isDeadlineItem,
  markDeadlines,
  parseDeadlineMark,
  parseDeadlines,
  writeDeadlines,
} from './deadline-items.ts';
import type { TransactWrite } from './transact.ts';

/** A place in the list of a call's granted deadlines. A cursor carries no rights, but it stays among them. */
export const DeadlinePosition = z.object({ item: z.string().regex(/^deadline#(category|unit)#[A-Za-z0-9-]{1,60}$/) });
export type DeadlinePosition = z.output<typeof DeadlinePosition>;

/** A submission as far as its deadline depends on it. */
export type DeadlineOf = Pick<SubmissionHead, 'callId' | 'category' | 'unitId'>;

/** A call and the deadline that holds for one of its submissions. */
export interface CallAndDeadline {
  readonly call: CallHead;
  readonly deadline: DeadlineInForce;
}

/** One reading of a call and a deadline. */
interface CallAndDeadlineReading {
  /** To be read in a batch with others. */
  readonly keys: readonly { readonly callId: string; readonly item: string }[];
  /** What the items at those keys say, in any order; undefined where there is no call. */
  complete(items: readonly unknown[]): Promise<CallAndDeadline | undefined>;
}

/**
 * Reads calls with the deadlines that hold for submissions, strongly consistently. The head says whether anything was granted in its call (`lastClosesAt` moves in
 * the transaction that grants), so an item of a deadline is read of calls alone where one can be there. An instance remembers which those are, and reads it
 * with the head; meeting the first one takes another round trip, once.
 */
export const callAndDeadlineReader = (db: DynamoDBDocumentClient, tableName: string) => {
  const granting = new Set<string>();
  return (submission: DeadlineOf): CallAndDeadlineReading => {
    const { callId } = submission;
    // Kept for this reading: another one may meet the first deadline of the call while it is under way.
    const isGranting = granting.has(callId);
    return {
      keys: [headKey(callId), ...(isGranting ? deadlineKeys(callId, submission) : [])],
      async complete(items) {
        const head = items.find((item) => !isDeadlineItem(item));
        if (head === undefined) return undefined;
        const call = parseHead(head);
        const found = items.filter(isDeadlineItem);
        if (call.lastClosesAt !== undefined && !isGranting) {
          found.push(...(await batchGet(db, tableName, deadlineKeys(callId, submission))));
          granting.add(callId);
        }
        return { call, deadline: deadlineInForce(call, grantedWithin(found.flatMap(parseDeadlines), submission)) };
      },
    };
  };
};

/** The item in which deadlines lie together: of one category, or of one unit. */
export interface DeadlinePlace {
  readonly callId: string;
  readonly item: string;
}

export interface PlacedDeadlines {
  readonly ofItem: readonly GrantedDeadline[];
  readonly granted: readonly GrantedDeadline[];
  readonly advancedTo: string | undefined;
}

export type DeadlinesRepository = ReturnType<typeof deadlinesRepository>;

/** Deadlines of calls at every scope, always strongly consistent: one that was moved counts at once. */
export const deadlinesRepository = (db: DynamoDBDocumentClient, tableName: string) => {
  const readingOf = callAndDeadlineReader(db, tableName);

  const queryFrom = async (callId: string, prefix: string, limit?: number, after?: string) => {
    const reply = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'callId = :callId AND begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: { ':callId': callId, ':prefix': prefix },
        ConsistentRead: true,
        Limit: limit,
        ExclusiveStartKey: after === undefined ? undefined : { callId, item: after },
      }),
    );
    const last: unknown = reply.LastEvaluatedKey?.item;
    return { items: reply.Items ?? [], last: typeof last === 'string' ? last : undefined };
  };

  const allBelow = async (callId: string, prefix: string): Promise<GrantedDeadline[]> => {
    const granted: GrantedDeadline[] = [];
    let after: string | undefined;
    do {
      const page = await queryFrom(callId, prefix, undefined, after);
      granted.push(...page.items.flatMap(parseDeadlines));
      after = page.last;
    } while (after !== undefined);
    return granted;
  };

  return {
    /** A submission's call and the deadline that holds for it; undefined where there is no call. */
    async ofSubmission(submission: DeadlineOf): Promise<CallAndDeadline | undefined> {
      const reading = readingOf(submission);
      return reading.complete(await batchGet(db, tableName, reading.keys));
    },

    /** What was granted to a category, to a unit, and to the unit in the category. */
    async grantedTo(submission: DeadlineOf): Promise<GrantedDeadline[]> {
      const items = await batchGet(db, tableName, deadlineKeys(submission.callId, submission));
      return grantedWithin(items.flatMap(parseDeadlines), submission);
    },

    /** What was granted to any category, and to a unit. */
    async grantedToUnit(callId: string, unitId: string): Promise<GrantedDeadline[]> {
      const [ofCategories, ofUnit] = await Promise.all([
        allBelow(callId, `${DEADLINE_ITEMS}category#`),
        batchGet(db, tableName, [deadlineKey(callId, { unitId })]),
      ]);
      return [...ofCategories, ...ofUnit.flatMap(parseDeadlines)];
    },

    /** A page of what was granted in a call, item by item: at most `limit` items, which can hold several deadlines each. `next` is absent at the end. */
    async pageOfCall(
      callId: string,
      limit: number,
      after: DeadlinePosition | undefined,
    ): Promise<{ granted: GrantedDeadline[]; next?: DeadlinePosition }> {
      const { items, last } = await queryFrom(callId, DEADLINE_ITEMS, limit, after?.item);
      return { granted: items.flatMap(parseDeadlines), ...(last === undefined ? {} : { next: { item: last } }) };
    },

    /**
     * The deadlines that lie at one place, how far their timeline is, and all that was granted that can outlast them; undefined where none lie there. For a
     * transaction with the head that was read before.
     */
    async atPlace({ callId, item }: DeadlinePlace): Promise<PlacedDeadlines | undefined> {
      const [stored] = await batchGet(db, tableName, [{ callId, item }]);
      if (stored === undefined) return undefined;
      const ofItem = parseDeadlines(stored);
      const isOfUnit = ofItem.some(({ unitId }) => unitId !== undefined);
      const ofCategories = isOfUnit ? await allBelow(callId, `${DEADLINE_ITEMS}category#`) : [];
      return { ofItem, granted: [...ofCategories, ...ofItem], advancedTo: parseDeadlineMark(stored) };
    },

    /** The write that moves the watermark of deadlines at one place; see `markDeadlines`. */
    marking: (place: DeadlinePlace, advancedTo: string, dueAt: string | undefined): TransactWrite =>
      markDeadlines(tableName, place, advancedTo, dueAt),

    /** The write of what is granted at one scope, for the transaction that moves the head; see `writeDeadlines`. */
    granting: (callId: string, scope: DeadlineScope, granted: readonly GrantedDeadline[]): TransactWrite[] =>
      writeDeadlines(tableName, callId, scope, granted),

    /** All that was granted in a call. */
    ofCall: (callId: string): Promise<GrantedDeadline[]> => allBelow(callId, DEADLINE_ITEMS),
  };
};
