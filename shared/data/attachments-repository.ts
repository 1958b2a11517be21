import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import { MOST_ATTACHMENTS } from '#shared/domain/submission/materials.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import {
  attachmentItem,
  attachmentKey,
  COLLECT,
  parseAttachment,
  SWEEP_MS,
  submissionHeadKey,
} from './submission-items.ts';
import { type TransactWrite, transact } from './transact.ts';

const HOUR_MS = 60 * 60 * 1000;

/** A file announced and not proven for so long is looked at by the collector: proven if its bytes are there, removed if not. */
const EXPECTED_MS = 24 * HOUR_MS;

export type AttachmentsRepository = ReturnType<typeof attachmentsRepository>;

/**
 * Attachments of submissions. What a draft contains changes together with its head (`contentRevision`, `attachmentCount`); proving changes the attachment
 * alone, because what it proves was announced. Times are ms.
 */
export const attachmentsRepository = (db: DynamoDBDocumentClient, tableName: string) => {
  const changeContent = (submissionId: string, by: 1 | -1, now: number): TransactWrite => ({
    Update: {
      TableName: tableName,
      Key: submissionHeadKey(submissionId),
      UpdateExpression: 'SET updatedAt = :at ADD contentRevision :one, attachmentCount :by',
      ConditionExpression: `#status = :draft${by === 1 ? ' AND attachmentCount < :most' : ''}`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':at': toInstant(now),
        ':one': 1,
        ':by': by,
        ':draft': 'draft',
        ...(by === 1 ? { ':most': MOST_ATTACHMENTS } : {}),
      },
    },
  });

  /** Changes an attachment that is still expected; false where it no longer is. */
  const settle = async (
    submissionId: string,
    attachmentId: string,
    change: Pick<UpdateCommandInput, 'UpdateExpression' | 'ExpressionAttributeValues'>,
  ): Promise<boolean> => {
    try {
      await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: attachmentKey(submissionId, attachmentId),
          UpdateExpression: change.UpdateExpression,
          ConditionExpression: '#state = :expected',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':expected': 'expected', ...change.ExpressionAttributeValues },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  };

  return {
    /**
     * Adds an announced file to a draft and, where a client's key was given, remembers the request: all or nothing. `moved`: it was submitted,
     * deleted or filled meanwhile.
     */
    async declareAttachment(
      submissionId: string,
      attachment: Attachment,
      now: number,
      remember?: TransactWrite,
    ): Promise<'declared' | 'moved' | 'keyTaken'> {
      const failed = await transact(db, [
        changeContent(submissionId, 1, now),
        {
          Put: {
            TableName: tableName,
            Item: {
              ...attachmentItem(submissionId, attachment),
              collect: COLLECT,
              collectAt: toInstant(now + EXPECTED_MS),
            },
            ConditionExpression: 'attribute_not_exists(submissionId)',
          },
        },
        ...(remember === undefined ? [] : [remember]),
      ]);
      if (failed.length === 0) return 'declared';
      return failed.some(({ position }) => position === 2) ? 'keyTaken' : 'moved';
    },

    /** Strongly consistent; undefined for one that was removed. */
    async find(submissionId: string, attachmentId: string): Promise<Attachment | undefined> {
      const reply = await db.send(
        new GetCommand({ TableName: tableName, Key: attachmentKey(submissionId, attachmentId), ConsistentRead: true }),
      );
      return reply.Item === undefined ? undefined : parseAttachment(reply.Item);
    },

    /** Starts the time again after which an expected file is looked at; false where it is no longer expected. */
    expectAgain: (submissionId: string, attachmentId: string, now: number): Promise<boolean> =>
      settle(submissionId, attachmentId, {
        UpdateExpression: 'SET collectAt = :collectAt',
        ExpressionAttributeValues: { ':collectAt': toInstant(now + EXPECTED_MS) },
      }),

    /** Pins the version whose bytes were proven: from here on the attachment never changes. False where it is no longer expected. */
    admitAttachment: (submissionId: string, attachmentId: string, versionId: string): Promise<boolean> =>
      settle(submissionId, attachmentId, {
        UpdateExpression: 'SET #state = :admitted, versionId = :versionId REMOVE collect, collectAt',
        ExpressionAttributeValues: { ':admitted': 'admitted', ':versionId': versionId },
      }),

    /** Keeps why its bytes were refused; the collector sweeps what is left of them. False where it is no longer expected. */
    refuseAttachment: (
      submissionId: string,
      attachmentId: string,
      reason: RefusalReason,
      now: number,
    ): Promise<boolean> =>
      settle(submissionId, attachmentId, {
        UpdateExpression: 'SET #state = :refused, reason = :reason, collectAt = :collectAt',
        ExpressionAttributeValues: {
          ':refused': 'refused',
          ':reason': reason,
          ':collectAt': toInstant(now + SWEEP_MS),
        },
      }),

    /** Takes an attachment out of a draft; its object is left to the collector. `notFound`: there is none (any more). */
    async removeAttachment(
      submissionId: string,
      attachmentId: string,
      now: number,
    ): Promise<'removed' | 'notADraft' | 'notFound'> {
      const failed = await transact(db, [
        changeContent(submissionId, -1, now),
        {
          Update: {
            TableName: tableName,
            Key: attachmentKey(submissionId, attachmentId),
            UpdateExpression: 'SET #state = :removed, collect = :collect, collectAt = :collectAt',
            ConditionExpression: 'attribute_exists(submissionId) AND #state <> :removed',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':removed': 'removed',
              ':collect': COLLECT,
              ':collectAt': toInstant(now + SWEEP_MS),
            },
          },
        },
      ]);
      if (failed.length === 0) return 'removed';
      return failed.some(({ position }) => position === 0) ? 'notADraft' : 'notFound';
    },
  };
};
