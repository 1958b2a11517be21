import { type DynamoDBDocumentClient, paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Instant, SubmissionId } from '#shared/contract/primitives.ts';
import type { LateSubmission } from '#shared/domain/submission/submission.ts';
import { batchGet } from './batch-get.ts';
import { parseItem } from './parse-item.ts';
import { lateKey, parseLateSubmission } from './submission-items.ts';

/** A place in a call's list of late attempts. */
export const LatePosition = z.object({ submissionId: SubmissionId, first: Instant });
export type LatePosition = z.output<typeof LatePosition>;

export type LateAttemptsRepository = ReturnType<typeof lateAttemptsRepository>;

/** Refused late submits of a call's submissions: the table of submissions by its sparse index `late`. */
export const lateAttemptsRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** The next ones by their first refusal; where from an index that may lag, what is told of each strongly consistent. */
  async pageOfCall(
    callId: string,
    limit: number,
    after: LatePosition | undefined,
  ): Promise<{ late: LateSubmission[]; next?: LatePosition }> {
    const { Items = [], LastEvaluatedKey } = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'late',
        KeyConditionExpression: 'lateOf = :callId',
        ExpressionAttributeValues: { ':callId': callId },
        Limit: limit,
        ExclusiveStartKey:
          after === undefined ? undefined : { ...lateKey(after.submissionId), lateOf: callId, first: after.first },
      }),
    );
    const places = Items.map((item) => parseItem('place in the list of late attempts', LatePosition, item));
    const items = await batchGet(
      db,
      tableName,
      places.map(({ submissionId }) => lateKey(submissionId)),
    );
    const byId = new Map(items.map(parseLateSubmission).map((late) => [late.submissionId, late]));
    const late = places.flatMap(({ submissionId }) => byId.get(submissionId) ?? []);
    const next = LastEvaluatedKey === undefined ? undefined : places.at(-1);
    return next === undefined ? { late } : { late, next };
  },

  /** How many submissions of a call were refused for being late, by the index that may lag. */
  async countOfCall(callId: string): Promise<number> {
    const pages = paginateQuery(
      { client: db },
      {
        TableName: tableName,
        IndexName: 'late',
        KeyConditionExpression: 'lateOf = :callId',
        ExpressionAttributeValues: { ':callId': callId },
        Select: 'COUNT',
      },
    );
    let count = 0;
    for await (const { Count = 0 } of pages) count += Count;
    return count;
  },
});
