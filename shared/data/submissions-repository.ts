import { type DynamoDBDocumentClient, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { SubmissionId } from '#shared/contract/primitives.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { batchGet } from './batch-get.ts';
import { loadSubmission } from './load-submission.ts';
import { parseItem } from './parse-item.ts';
import { answersItem, lateKey, parseSubmissionHead, submissionHeadKey } from './submission-items.ts';
import { replaceHead } from './submission-writes.ts';
import { transact } from './transact.ts';

/** A place in a unit's list: `created` is an instant, # and the id. DynamoDB refuses what can be no key, so a cursor is held to the form. */
export const CreatedPosition = z.object({
  created: z.string().regex(/^[0-9TZ:.-]{24}#[0-9a-z]{26}$/),
  submissionId: SubmissionId,
});
export type CreatedPosition = z.output<typeof CreatedPosition>;

export type SubmissionsRepository = ReturnType<typeof submissionsRepository>;

/** Submissions: head, answers by edition, attachments and late attempts in one partition each. */
export const submissionsRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** All of a submission as one write left it, strongly consistent; undefined for what is unknown or deleted. */
  load: (submissionId: string): Promise<Submission | undefined> => loadSubmission(db, tableName, submissionId),

  /** Strongly consistent; undefined for a deleted draft's. */
  async head(submissionId: string): Promise<SubmissionHead | undefined> {
    const reply = await db.send(
      new GetCommand({ TableName: tableName, Key: submissionHeadKey(submissionId), ConsistentRead: true }),
    );
    return reply.Item === undefined ? undefined : parseSubmissionHead(reply.Item);
  },

  /** Heads by id, strongly consistent, in the order asked for; those of deleted drafts are left out. */
  async heads(submissionIds: readonly string[]): Promise<SubmissionHead[]> {
    const items = await batchGet(db, tableName, submissionIds.map(submissionHeadKey));
    const byId = new Map(items.map(parseSubmissionHead).map((head) => [head?.submissionId, head]));
    return submissionIds.flatMap((submissionId) => byId.get(submissionId) ?? []);
  },

  /** Ids of a unit's submissions, newest first, from an index that may lag: only places to read heads at. */
  async pageOfUnit(
    unitId: string,
    limit: number,
    after: CreatedPosition | undefined,
  ): Promise<{ submissionIds: string[]; next?: CreatedPosition }> {
    const page = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'byUnit',
        KeyConditionExpression: 'unitId = :unitId',
        ExpressionAttributeValues: { ':unitId': unitId },
        ScanIndexForward: false,
        Limit: limit,
        ExclusiveStartKey:
          after === undefined
            ? undefined
            : { ...submissionHeadKey(after.submissionId), unitId, created: after.created },
      }),
    );
    const places = (page.Items ?? []).map((item) => parseItem("place in a unit's list", CreatedPosition, item));
    const submissionIds = places.map(({ submissionId }) => submissionId);
    const next = page.LastEvaluatedKey === undefined ? undefined : places.at(-1);
    return next === undefined ? { submissionIds } : { submissionIds, next };
  },

  /** Replaces the answers of a draft whose content is still what was read. `moved`: it is not; nothing was written. */
  async saveAnswersAtRevision(
    next: SubmissionHead,
    read: SubmissionHead,
    answers: Answers,
  ): Promise<'saved' | 'moved'> {
    const failed = await transact(db, [
      replaceHead(tableName, next, read),
      { Put: { TableName: tableName, Item: answersItem(next, answers) } },
    ]);
    return failed.length === 0 ? 'saved' : 'moved';
  },

  /** Counts a refused late submit: one item per submission, whatever is sent. `at` is an instant. */
  async recordLateAttempt(submissionId: string, at: string): Promise<void> {
    await db.send(
      new UpdateCommand({
        TableName: tableName,
        Key: lateKey(submissionId),
        UpdateExpression: 'SET #first = if_not_exists(#first, :at), #last = :at ADD #count :one',
        ExpressionAttributeNames: { '#first': 'first', '#last': 'last', '#count': 'count' },
        ExpressionAttributeValues: { ':at': at, ':one': 1 },
      }),
    );
  },
});
