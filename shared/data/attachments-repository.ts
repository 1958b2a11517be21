import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { ifHeld } from './if-held.ts';
import { attachmentKey, EXPECTED_MS, parseAttachment } from './submission-items.ts';

export type AttachmentsRepository = ReturnType<typeof attachmentsRepository>;

/** Attachments as they are; what changes a submission is `attachmentChanges`. Times are ms. */
export const attachmentsRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** Strongly consistent; undefined for one that was removed. */
  async find(submissionId: string, attachmentId: string): Promise<Attachment | undefined> {
    const reply = await db.send(
      new GetCommand({ TableName: tableName, Key: attachmentKey(submissionId, attachmentId), ConsistentRead: true }),
    );
    return reply.Item === undefined ? undefined : parseAttachment(reply.Item);
  },

  /** Starts the time again after which an expected file is looked at; false where it is no longer expected. */
  expectAgain: (submissionId: string, attachmentId: string, now: number): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: attachmentKey(submissionId, attachmentId),
          UpdateExpression: 'SET collectAt = :collectAt',
          ConditionExpression: '#state = :expected',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':expected': 'expected', ':collectAt': toInstant(now + EXPECTED_MS) },
        }),
      ),
    ),
});
