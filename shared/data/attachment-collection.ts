import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { toInstant } from '#shared/runtime/instants.ts';
import { keepFileHistory } from './file-history.ts';
import { ifHeld } from './if-held.ts';
import { parseItem } from './parse-item.ts';
import { ATTACHMENT, attachmentKey, COLLECT, submissionHeadKey } from './submission-items.ts';

/** What the collector has to look at: an attachment, or what a deleted draft left behind. */
export type Collectable =
  | { readonly kind: 'attachment'; readonly submissionId: string; readonly attachmentId: string }
  | { readonly kind: 'deletedDraft'; readonly submissionId: string };

const Place = z.object({ submissionId: z.string(), item: z.string() });
const StateItem = z.object({ state: z.enum(['expected', 'admitted', 'refused', 'removed']) });

export type AttachmentCollection = ReturnType<typeof attachmentCollection>;

/**
 * What the collector reads and clears away of the Submissions table. Each step may be done twice. An attachment's item is what the history has of its
 * announcement and verdict, so these are written there before the item goes.
 */
export const attachmentCollection = (
  db: DynamoDBDocumentClient,
  { submissions: tableName, history }: { readonly submissions: string; readonly history: string },
) => ({
  /** What is due at `now` (ms), the longest due first, at most `limit`; from an index that may lag, so each is looked at again. */
  async due(now: number, limit: number): Promise<Collectable[]> {
    const page = await db.send(
      new QueryCommand({
        TableName: tableName,
        IndexName: 'collectable',
        KeyConditionExpression: 'collect = :collect AND collectAt <= :now',
        ExpressionAttributeValues: { ':collect': COLLECT, ':now': toInstant(now) },
        Limit: limit,
      }),
    );
    return (page.Items ?? []).map((stored) => {
      const { submissionId, item } = parseItem('collectable item', Place, stored);
      return item.startsWith(ATTACHMENT)
        ? { kind: 'attachment', submissionId, attachmentId: item.slice(ATTACHMENT.length) }
        : { kind: 'deletedDraft', submissionId };
    });
  },

  /** Moves what was due at `now` to the end of the list, due again at `until` (both ms). False where it was settled or put off meanwhile. */
  putOff: (due: Collectable, now: number, until: number): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key:
            due.kind === 'attachment'
              ? attachmentKey(due.submissionId, due.attachmentId)
              : submissionHeadKey(due.submissionId),
          UpdateExpression: 'SET collectAt = :until',
          ConditionExpression: 'collect = :collect AND collectAt <= :now',
          ExpressionAttributeValues: { ':collect': COLLECT, ':now': toInstant(now), ':until': toInstant(until) },
        }),
      ),
    ),

  /** An attachment's state, strongly consistent, removed ones too; undefined where there is no item. */
  async stateOf(submissionId: string, attachmentId: string): Promise<z.output<typeof StateItem>['state'] | undefined> {
    const reply = await db.send(
      new GetCommand({ TableName: tableName, Key: attachmentKey(submissionId, attachmentId), ConsistentRead: true }),
    );
    return reply.Item === undefined ? undefined : parseItem('attachment', StateItem, reply.Item).state;
  },

  /** Takes a refused attachment whose object is gone off the collector's list; it stays for its unit to see why. */
  keepRefused: (submissionId: string, attachmentId: string): Promise<boolean> =>
    ifHeld(
      db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: attachmentKey(submissionId, attachmentId),
          UpdateExpression: 'REMOVE collect, collectAt',
          ConditionExpression: '#state = :refused',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':refused': 'refused' },
        }),
      ),
    ),

  /** Deletes the item of a removed attachment whose object is gone. */
  async forgetRemoved(submissionId: string, attachmentId: string): Promise<void> {
    const Key = attachmentKey(submissionId, attachmentId);
    const { Item } = await db.send(new GetCommand({ TableName: tableName, Key, ConsistentRead: true }));
    if (Item === undefined) return;
    await keepFileHistory(db, history, Item);
    await ifHeld(
      db.send(
        new DeleteCommand({
          TableName: tableName,
          Key,
          ConditionExpression: '#state = :removed',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':removed': 'removed' },
        }),
      ),
    );
  },

  /** Deletes all items of a deleted draft whose objects are gone, the head last: until then the collector finds it again. */
  async forgetDeletedDraft(submissionId: string): Promise<void> {
    const head = submissionHeadKey(submissionId);
    const pages = paginateQuery(
      { client: db },
      {
        TableName: tableName,
        KeyConditionExpression: 'submissionId = :submissionId',
        ExpressionAttributeValues: { ':submissionId': submissionId },
        ConsistentRead: true,
      },
    );
    for await (const page of pages) {
      for (const stored of page.Items ?? []) {
        const key = parseItem('submission item', Place, stored);
        if (key.item.startsWith(ATTACHMENT)) await keepFileHistory(db, history, stored);
        if (key.item !== head.item) await db.send(new DeleteCommand({ TableName: tableName, Key: key }));
      }
    }
    await ifHeld(
      db.send(
        new DeleteCommand({
          TableName: tableName,
          Key: head,
          ConditionExpression: '#status = :deleted',
          ExpressionAttributeNames: { '#status': 'status' },
          ExpressionAttributeValues: { ':deleted': 'deleted' },
        }),
      ),
    );
  },
});
