import { setTimeout as wait } from 'node:timers/promises';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { malwareEntry } from '#shared/domain/history/submission-entries.ts';
import { REPLACED_BY, type ScanFinding } from '#shared/domain/submission/scan.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { ifHeld } from './if-held.ts';
import { attachmentKey, parseSubmissionHead, submissionHeadKey } from './submission-items.ts';
import { recordChange } from './submission-writes.ts';
import { type TransactWrite, transact } from './transact.ts';

/** Which bytes a scan has looked at: a version never changes, so its id says all that an ETag could. */
interface ScannedVersion {
  readonly submissionId: string;
  readonly attachmentId: string;
  readonly versionId: string;
}

/** Changes of the submission may overtake a threat; beyond that many it is left to the next attempt of the job. */
const TRIES = 24;
const MOST_PAUSE_MS = 40;

/** Keeps what scans have found in attachments. Every method may be called twice and in any order. `now` in ms. */
export const scanFindings = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly history: string },
) => {
  /** Of the version that was admitted alone, and of nothing that was removed; nothing better replaces what is worse. */
  const keepFinding = ({ submissionId, attachmentId, versionId }: ScannedVersion, finding: ScanFinding) => ({
    TableName: tables.submissions,
    Key: attachmentKey(submissionId, attachmentId),
    UpdateExpression: 'SET #scan = :finding',
    ConditionExpression: `#state = :admitted AND versionId = :versionId AND (attribute_not_exists(#scan) OR #scan IN (${REPLACED_BY[finding].map((state) => `:${state}`).join(', ')}))`,
    ExpressionAttributeNames: { '#state': 'state', '#scan': 'scan' },
    ExpressionAttributeValues: {
      ':finding': finding,
      ':admitted': 'admitted',
      ':versionId': versionId,
      ...Object.fromEntries(REPLACED_BY[finding].map((state) => [`:${state}`, state])),
    },
  });

  const headOf = async (submissionId: string): Promise<SubmissionHead | undefined> => {
    const { Item } = await db.send(
      new GetCommand({ TableName: tables.submissions, Key: submissionHeadKey(submissionId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : parseSubmissionHead(Item);
  };

  /** A submit that read before it is decided again, and what is submitted is flagged: whichever of the two comes first. */
  const moveHead = ({ submissionId, status, contentRevision }: SubmissionHead, at: string): TransactWrite => ({
    Update: {
      TableName: tables.submissions,
      Key: submissionHeadKey(submissionId),
      UpdateExpression: `SET contentRevision = :next${status === 'submitted' ? ', malwareFoundAt = if_not_exists(malwareFoundAt, :at)' : ''} REMOVE saves`,
      ConditionExpression: '#status = :status AND contentRevision = :read',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':read': contentRevision,
        ':next': contentRevision + 1,
        ':status': status,
        ...(status === 'submitted' ? { ':at': at } : {}),
      },
    },
  });

  return {
    /** Keeps that a file is clean, or could not be scanned; false where that says nothing new, or of nothing that counts. */
    noteHarmless: (version: ScannedVersion, finding: Exclude<ScanFinding, 'threat'>): Promise<boolean> =>
      ifHeld(db.send(new UpdateCommand(keepFinding(version, finding)))),

    /**
     * Keeps that a file holds malware, with its entry in the history, and flags the submission where it is submitted: all or nothing. False where it is
     * known already, or the file is no part of the submission (any more).
     *
     * @param threat what the scanner calls it
     * @throws Unavailable where the submission changed at every attempt
     */
    async flagThreat(version: ScannedVersion, threat: string | undefined, now: number): Promise<boolean> {
      const at = toInstant(now);
      const { submissionId, attachmentId } = version;
      for (let attempt = 1; attempt <= TRIES; attempt += 1) {
        const head = await headOf(submissionId);
        if (head === undefined) return false;
        const failed = await transact(db, [
          moveHead(head, at),
          { Update: keepFinding(version, 'threat') },
          recordChange(tables.history, head, malwareEntry(head, { attachmentId, threat }, at)),
        ]);
        if (failed.length === 0) return true;
        if (failed.some(({ position }) => position === 1)) return false;
        await wait(Math.random() * MOST_PAUSE_MS);
      }
      throw new Unavailable('A submission changed whenever a threat in one of its files was to be kept');
    },
  };
};
