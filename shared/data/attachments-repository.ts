import { type DynamoDBDocumentClient, GetCommand, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { changeFiles, type FilesPlace } from './change-files.ts';
import { entriesOfFile } from './file-history.ts';
import type { RecordedEntry } from './history-items.ts';
import { ifHeld } from './if-held.ts';
import { savesAttribute } from './kept-saves.ts';
import {
  ATTACHMENT,
  attachmentItem,
  attachmentKey,
  COLLECT,
  EXPECTED_MS,
  parseAttachment,
  SWEEP_MS,
} from './submission-items.ts';
import type { TransactWrite } from './transact.ts';

export type AttachmentsRepository = ReturnType<typeof attachmentsRepository>;

/**
 * Attachments: announced, proven, and what their items tell for the history. An announcement changes the draft together with its head (`contentRevision`,
 * `attachmentCount`); proving changes the attachment alone, because what it proves was announced. Times are ms.
 */
export const attachmentsRepository = (db: DynamoDBDocumentClient, tableName: string) => {
  /** Keeps what an expected file was found to be; false where it is no longer expected. */
  const settle = (
    submissionId: string,
    attachmentId: string,
    change: { readonly update: string; readonly values: Readonly<Record<string, string>> },
  ): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: attachmentKey(submissionId, attachmentId),
          UpdateExpression: change.update,
          ConditionExpression: '#state = :expected',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':expected': 'expected', ...change.values },
        }),
      ),
    );

  return {
    /** Strongly consistent; undefined for one that was removed. */
    async find(submissionId: string, attachmentId: string): Promise<Attachment | undefined> {
      const reply = await db.send(
        new GetCommand({ TableName: tableName, Key: attachmentKey(submissionId, attachmentId), ConsistentRead: true }),
      );
      return reply.Item === undefined ? undefined : parseAttachment(reply.Item);
    },

    /** What the items of a submission's files tell for its history, strongly consistent; of removed ones and of a deleted draft's too, until they are collected. */
    async entries(submissionId: string): Promise<RecordedEntry[]> {
      const pages = paginateQuery(
        { client: db },
        {
          TableName: tableName,
          KeyConditionExpression: 'submissionId = :submissionId AND begins_with(#item, :attachment)',
          ExpressionAttributeNames: { '#item': 'item' },
          ExpressionAttributeValues: { ':submissionId': submissionId, ':attachment': ATTACHMENT },
          ConsistentRead: true,
        },
      );
      const entries: RecordedEntry[] = [];
      for await (const { Items = [] } of pages) entries.push(...Items.flatMap(entriesOfFile));
      return entries;
    },

    /**
     * Adds an announced file to a draft and, where a client's key was given, remembers the request: all or nothing. The file's item says by whom and in which
     * revision, and takes along the saves that the head kept: it is the entry of the history. `moved`: the draft was submitted, deleted or filled meanwhile.
     *
     * @param by subject of the applicant
     */
    async declareAttachment(
      read: FilesPlace,
      announced: Attachment,
      { by, now, remember }: { by: string; now: number; remember?: TransactWrite | undefined },
    ): Promise<'declared' | 'moved' | 'keyTaken'> {
      const failed = await changeFiles(
        db,
        tableName,
        read,
        { by: 1, now },
        ({ submissionId, contentRevision, saves }) => [
          {
            Put: {
              TableName: tableName,
              Item: {
                ...attachmentItem(submissionId, { ...announced, announcedIn: contentRevision + 1 }),
                announcedBy: by,
                ...savesAttribute(saves),
                collect: COLLECT,
                collectAt: toInstant(now + EXPECTED_MS),
              },
              ConditionExpression: 'attribute_not_exists(submissionId)',
            },
          },
          ...(remember === undefined ? [] : [remember]),
        ],
      );
      if (failed.length === 0) return 'declared';
      if (failed.some(({ position }) => position === 2)) return 'keyTaken';
      // An id has 128 random bits: it is there already only where an attempt before was carried out and its reply lost.
      return failed.some(({ position }) => position === 1) ? 'declared' : 'moved';
    },

    /** Pins the version whose bytes were proven: from here on the attachment never changes. False where it is no longer expected. */
    admitAttachment: (submissionId: string, attachmentId: string, versionId: string, now: number): Promise<boolean> =>
      settle(submissionId, attachmentId, {
        update: 'SET #state = :admitted, versionId = :versionId, admittedAt = :at REMOVE collect, collectAt',
        values: { ':admitted': 'admitted', ':versionId': versionId, ':at': toInstant(now) },
      }),

    /** Keeps why its bytes were refused; the collector sweeps what is left of them. False where it is no longer expected. */
    refuseAttachment: (
      submissionId: string,
      attachmentId: string,
      reason: RefusalReason,
      now: number,
    ): Promise<boolean> =>
      settle(submissionId, attachmentId, {
        update: 'SET #state = :refused, reason = :reason, refusedAt = :at, collectAt = :collectAt',
        values: {
          ':refused': 'refused',
          ':reason': reason,
          ':at': toInstant(now),
          ':collectAt': toInstant(now + SWEEP_MS),
        },
      }),

    /** Starts the time again after which an expected file is looked at; false where it is no longer expected. */
    expectAgain: (submissionId: string, attachmentId: string, now: number): Promise<boolean> =>
      settle(submissionId, attachmentId, {
        update: 'SET collectAt = :collectAt',
        values: { ':collectAt': toInstant(now + EXPECTED_MS) },
      }),
  };
};
