import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { MOST_ATTACHMENTS } from '#shared/domain/submission/materials.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { PackedSave } from './kept-saves.ts';
import { parseItem } from './parse-item.ts';
import { submissionHeadKey } from './submission-items.ts';
import { type FailedWrite, type TransactWrite, transact } from './transact.ts';

/** The head as DynamoDB hands it back with a failed condition: in its own notation. */
const RawHead = z.object({
  status: z.object({ S: z.string() }),
  contentRevision: z.object({ N: z.coerce.number().int() }),
  attachmentCount: z.object({ N: z.coerce.number().int() }),
  saves: z.object({ L: z.array(z.object({ S: PackedSave })) }).optional(),
});

/** Files announced at the same time overtake each other at most once each; beyond that many it is not haste. */
const TRIES = 24;
const MOST_PAUSE_MS = 40;

/** A draft as it was read: the revision need not be the current one. */
export type FilesPlace = Pick<SubmissionHead, 'submissionId' | 'contentRevision' | 'saves'>;

const headWrite = (
  tableName: string,
  { submissionId, contentRevision }: FilesPlace,
  by: 1 | -1,
  now: number,
): TransactWrite => ({
  Update: {
    TableName: tableName,
    Key: submissionHeadKey(submissionId),
    UpdateExpression: 'SET updatedAt = :at, contentRevision = :next REMOVE saves ADD attachmentCount :by',
    ConditionExpression: `#status = :draft AND contentRevision = :read${by === 1 ? ' AND attachmentCount < :most' : ''}`,
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':at': toInstant(now),
      ':read': contentRevision,
      ':next': contentRevision + 1,
      ':by': by,
      ':draft': 'draft',
      ...(by === 1 ? { ':most': MOST_ATTACHMENTS } : {}),
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

/** Where a draft with room for the change is; undefined where the head itself forbids it. */
const movedTo = (submissionId: string, item: unknown, by: 1 | -1): FilesPlace | undefined => {
  if (item === undefined) return undefined;
  const { status, contentRevision, attachmentCount, saves } = parseItem('submission head', RawHead, item);
  if (status.S !== 'draft' || (by === 1 && attachmentCount.N >= MOST_ATTACHMENTS)) return undefined;
  return { submissionId, contentRevision: contentRevision.N, saves: saves?.L.map(({ S }) => S) };
};

/**
 * Adds a file to a draft (`by` 1) or takes one out (-1) at the revision the draft is at, whatever else of it changed since it was read: files are announced
 * side by side. The saves that the head kept for the history leave it: they are for what is written beside it.
 *
 * @param now ms
 * @param beside what is written with the head, for the place that is left
 * @returns what failed, the head at position 0; of the head only what the change cannot overcome
 */
export const changeFiles = async (
  db: DynamoDBDocumentClient,
  tableName: string,
  read: FilesPlace,
  { by, now }: { readonly by: 1 | -1; readonly now: number },
  beside: (place: FilesPlace) => readonly TransactWrite[],
): Promise<readonly FailedWrite[]> => {
  let place = read;
  for (let attempt = 1; ; attempt += 1) {
    const failed = await transact(db, [headWrite(tableName, place, by, now), ...beside(place)]);
    const [first] = failed;
    const current = first?.position === 0 ? movedTo(place.submissionId, first.item, by) : undefined;
    if (current === undefined || current.contentRevision === place.contentRevision || attempt === TRIES) return failed;
    place = current;
    await wait(Math.random() * MOST_PAUSE_MS);
  }
};
