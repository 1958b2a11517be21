import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { LimitScope } from '#shared/domain/limits/limits.ts';
import { batchGet } from './batch-get.ts';
import { limitedSet, parseTally, setSize, shardName, TALLY_SHARDS, type Tally, tallyKey } from './tally-items.ts';

/** Where a list of a call's tallies goes on: at the first unit after `unitId` (or the first of all) of this shard. */
export interface TallyPosition {
  readonly shard: number;
  readonly unitId?: string;
}

export interface TallyPage {
  readonly tallies: readonly Tally[];
  /** Absent at the end. */
  readonly next?: TallyPosition;
}

export type TalliesRepository = ReturnType<typeof talliesRepository>;

/** Reads of the tallies, always strongly consistent: they are the roster's truth. Writes belong to the transactions of submissions. */
export const talliesRepository = (db: DynamoDBDocumentClient, tableName: string) => {
  const queryShard = async (callId: string, shard: number, after: string | undefined, limit: number | undefined) => {
    const reply = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: '#shard = :shard',
        FilterExpression: 'attribute_exists(drafts) OR attribute_exists(submitted)',
        ExpressionAttributeNames: { '#shard': 'shard' },
        ExpressionAttributeValues: { ':shard': shardName(callId, shard) },
        ExclusiveStartKey: after === undefined ? undefined : { shard: shardName(callId, shard), unitId: after },
        Limit: limit,
        ConsistentRead: true,
      }),
    );
    const last: unknown = reply.LastEvaluatedKey?.unitId;
    return { tallies: (reply.Items ?? []).map(parseTally), last: typeof last === 'string' ? last : undefined };
  };

  /**
   * The next tallies of a call in a stable order, shard by shard. One query each: a page has at most `limit` tallies, may have none (units whose drafts
   * are gone) and still a `next`.
   */
  const pageOfCall = async (callId: string, from: TallyPosition = { shard: 0 }, limit?: number): Promise<TallyPage> => {
    const { tallies, last } = await queryShard(callId, from.shard, from.unitId, limit);
    if (last !== undefined) return { tallies, next: { shard: from.shard, unitId: last } };
    if (from.shard + 1 < TALLY_SHARDS) return { tallies, next: { shard: from.shard + 1 } };
    return { tallies };
  };

  /** Every tally of a call, page by page: 16 partitions, strongly consistent. */
  async function* allOfCall(callId: string): AsyncGenerator<Tally> {
    let position: TallyPosition | undefined = { shard: 0 };
    while (position !== undefined) {
      const page: TallyPage = await pageOfCall(callId, position);
      yield* page.tallies;
      position = page.next;
    }
  }

  /** Whether any unit has a draft or a submission in the call. */
  const anyOfCall = async (callId: string): Promise<boolean> => {
    for await (const _tally of allOfCall(callId)) return true;
    return false;
  };

  /** How many of a unit's submissions count under each limit, in their order: what the condition of a submit's transaction would see. */
  const countsOfUnit = async (callId: string, unitId: string, limits: readonly LimitScope[]): Promise<number[]> => {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: tallyKey(callId, unitId), ConsistentRead: true }),
    );
    return limits.map((scope) => setSize(Item, limitedSet(scope)));
  };

  /** Tallies of units in a call, by unit; who has none is not among them. */
  const ofUnits = async (callId: string, unitIds: readonly string[]): Promise<ReadonlyMap<string, Tally>> => {
    const items = await batchGet(
      db,
      tableName,
      unitIds.map((unitId) => tallyKey(callId, unitId)),
    );
    return new Map(items.map(parseTally).map((tally) => [tally.unitId, tally]));
  };

  /** Of these units, those that have a draft or a submission in the call. */
  const begunBy = async (callId: string, unitIds: readonly string[]): Promise<Set<string>> => {
    const begun = [...(await ofUnits(callId, unitIds)).values()].filter(
      ({ drafts, submitted }) => drafts.length + submitted.length > 0,
    );
    return new Set(begun.map(({ unitId }) => unitId));
  };

  return { pageOfCall, allOfCall, anyOfCall, countsOfUnit, begunBy, ofUnits };
};
