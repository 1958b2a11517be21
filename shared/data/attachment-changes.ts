import { setTimeout as wait } from 'node:timers/promises';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import { announcedEntry, removedEntry, verdictEntry } from '#shared/domain/history/submission-entries.ts';
import { MOST_ATTACHMENTS } from '#shared/domain/submission/materials.ts';
import type { Attachment, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { historyOfSubmission, recordedVerdict } from './history-items.ts';
import { PackedSave } from './kept-saves.ts';
import { parseItem } from './parse-item.ts';
import {
  attachmentItem,
  attachmentKey,
  COLLECT,
  EXPECTED_MS,
  SWEEP_MS,
  submissionHeadKey,
} from './submission-items.ts';
import { recordChange } from './submission-writes.ts';
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
type Place = Pick<SubmissionHead, 'submissionId' | 'contentRevision' | 'saves'>;

export type AttachmentChanges = ReturnType<typeof attachmentChanges>;

/**
 * Changes of a submission's files, each with its entry in the history. What a draft contains changes together with its head (`contentRevision`,
 * `attachmentCount`); proving changes the attachment alone, because what it proves was announced. Times are ms.
 */
export const attachmentChanges = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly history: string },
) => {
  const changeContent = ({ submissionId, contentRevision }: Place, by: 1 | -1, now: number): TransactWrite => ({
    Update: {
      TableName: tables.submissions,
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
  const movedTo = (submissionId: string, item: unknown, by: 1 | -1): Place | undefined => {
    if (item === undefined) return undefined;
    const { status, contentRevision, attachmentCount, saves } = parseItem('submission head', RawHead, item);
    if (status.S !== 'draft' || (by === 1 && attachmentCount.N >= MOST_ATTACHMENTS)) return undefined;
    return { submissionId, contentRevision: contentRevision.N, saves: saves?.L.map(({ S }) => S) };
  };

  /**
   * Changes the files of a draft at the revision it is at, whatever else of it changed since it was read: files are announced side by side.
   *
   * @param beside what is written with the head, for the place that is left
   * @returns what failed; of the head only what the change cannot overcome
   */
  const atCurrentRevision = async (
    read: Place,
    by: 1 | -1,
    now: number,
    beside: (place: Place) => readonly TransactWrite[],
  ): Promise<readonly FailedWrite[]> => {
    let place = read;
    for (let attempt = 1; ; attempt += 1) {
      const failed = await transact(db, [changeContent(place, by, now), ...beside(place)]);
      const [first] = failed;
      const current = first?.position === 0 ? movedTo(place.submissionId, first.item, by) : undefined;
      if (current === undefined || current.contentRevision === place.contentRevision || attempt === TRIES)
        return failed;
      place = current;
      await wait(Math.random() * MOST_PAUSE_MS);
    }
  };

  /** Keeps what an expected file was found to be, with its verdict in the history; false where it is no longer expected. */
  const settle = async (
    submissionId: string,
    proven: Attachment,
    now: number,
    change: { readonly update: string; readonly values: Readonly<Record<string, string>> },
  ): Promise<boolean> => {
    const { announcedIn } = proven;
    const subject = historyOfSubmission(submissionId);
    const failed = await transact(db, [
      {
        Update: {
          TableName: tables.submissions,
          Key: attachmentKey(submissionId, proven.attachmentId),
          UpdateExpression: change.update,
          ConditionExpression: '#state = :expected',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: { ':expected': 'expected', ...change.values },
        },
      },
      ...(announcedIn === undefined
        ? []
        : [recordedVerdict(tables.history, subject, announcedIn, verdictEntry(proven, toInstant(now)))]),
    ]);
    return failed.length === 0;
  };

  return {
    /**
     * Adds an announced file to a draft and, where a client's key was given, remembers the request: all or nothing. `moved`: it was submitted,
     * deleted or filled meanwhile.
     *
     * @param by subject of the applicant
     */
    async declareAttachment(
      read: Place,
      announced: Attachment,
      { by, now, remember }: { by: string; now: number; remember?: TransactWrite | undefined },
    ): Promise<'declared' | 'moved' | 'keyTaken'> {
      const { submissionId } = read;
      const failed = await atCurrentRevision(read, 1, now, (place) => [
        {
          Put: {
            TableName: tables.submissions,
            Item: {
              ...attachmentItem(submissionId, { ...announced, announcedIn: place.contentRevision + 1 }),
              collect: COLLECT,
              collectAt: toInstant(now + EXPECTED_MS),
            },
            ConditionExpression: 'attribute_not_exists(submissionId)',
          },
        },
        recordChange(tables.history, place, announcedEntry(announced, by)),
        ...(remember === undefined ? [] : [remember]),
      ]);
      if (failed.length === 0) return 'declared';
      if (failed.some(({ position }) => position === 3)) return 'keyTaken';
      // An id has 128 random bits: it is there already only where an attempt before was carried out and its reply lost.
      return failed.some(({ position }) => position === 1) ? 'declared' : 'moved';
    },

    /** Pins the version whose bytes were proven: from here on the attachment never changes. False where it is no longer expected. */
    admitAttachment: (submissionId: string, proven: Attachment, versionId: string, now: number): Promise<boolean> =>
      settle(submissionId, proven, now, {
        update: 'SET #state = :admitted, versionId = :versionId, admittedAt = :at REMOVE collect, collectAt',
        values: { ':admitted': 'admitted', ':versionId': versionId, ':at': toInstant(now) },
      }),

    /** Keeps why its bytes were refused; the collector sweeps what is left of them. False where it is no longer expected. */
    refuseAttachment: (
      submissionId: string,
      proven: Attachment,
      reason: RefusalReason,
      now: number,
    ): Promise<boolean> =>
      settle(submissionId, proven, now, {
        update: 'SET #state = :refused, reason = :reason, collectAt = :collectAt',
        values: { ':refused': 'refused', ':reason': reason, ':collectAt': toInstant(now + SWEEP_MS) },
      }),

    /**
     * Takes an attachment out of a draft; its object is left to the collector. `notFound`: there is none (any more).
     *
     * @param by subject of the applicant; undefined for the collector, to which the file never came
     */
    async removeAttachment(
      read: Place,
      attachmentId: string,
      { by, now }: { by: string | undefined; now: number },
    ): Promise<'removed' | 'moved' | 'notFound'> {
      const { submissionId } = read;
      const failed = await atCurrentRevision(read, -1, now, (place) => [
        {
          Update: {
            TableName: tables.submissions,
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
        recordChange(tables.history, place, removedEntry(attachmentId, toInstant(now), by)),
      ]);
      if (failed.length === 0) return 'removed';
      return failed.some(({ position }) => position === 0) ? 'moved' : 'notFound';
    },
  };
};
