import { type DynamoDBDocumentClient, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CallId } from '#shared/contract/primitives.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { callChanges } from './call-changes.ts';
import { ifHeld } from './if-held.ts';
import { parseItem } from './parse-item.ts';
import { startRetention } from './retention-items.ts';
import { SEAL_DUE, SEALS_OF_CALL, type Sealed, type SealUnderWay, type SealWork, sealKey } from './seal-items.ts';
import { sealRecords } from './seal-records.ts';

/** A seal that may be due, as the index has it. */
export interface DueSeal {
  readonly callId: string;
  readonly number: number;
}

const DueItem = z
  .object({ callId: CallId, item: z.string().startsWith(SEALS_OF_CALL) })
  .transform(({ callId, item }) => ({ callId, number: Number(item.slice(SEALS_OF_CALL.length)) }));

/** What a commit adds to a beginning. */
export type SealResult = Pick<Sealed, 'sealedAt' | 'root' | 'count' | 'accepted' | 'withdrawn'>;

export type SealsRepository = ReturnType<typeof sealsRepository>;

/** Seals of calls, under way and made. All reads but that of the index are strongly consistent. */
export const sealsRepository = (db: DynamoDBDocumentClient, tables: { calls: string; history: string }) => {
  const changes = callChanges(db, tables);

  /** A write that counts only while the seal is at the very step it was read at. */
  const atStep = (seal: SealUnderWay) => ({
    TableName: tables.calls,
    Key: sealKey(seal.callId, seal.number),
    ConditionExpression: '#state = :begun AND startedAt = :startedAt AND progress = :progress',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: { ':begun': 'begun', ':startedAt': seal.startedAt, ':progress': seal.progress },
  });

  return {
    ...sealRecords(db, tables.calls),

    /** Seals due by `until` (instant), the earliest first, from an index that may lag: only places to look at. */
    async due(until: string, limit: number): Promise<DueSeal[]> {
      const { Items = [] } = await db.send(
        new QueryCommand({
          TableName: tables.calls,
          IndexName: 'due',
          KeyConditionExpression: 'due = :due AND dueAt <= :until',
          ExpressionAttributeValues: { ':due': SEAL_DUE, ':until': until },
          Limit: limit,
        }),
      );
      return Items.map((item) => parseItem('due seal', DueItem, item));
    },

    /** Records how far a seal has come, due again at `dueAt`; gives it as it is then, or undefined where somebody else has moved it meanwhile. */
    async advance(seal: SealUnderWay, work: SealWork, dueAt: string): Promise<SealUnderWay | undefined> {
      const step = atStep(seal);
      const progress = seal.progress + 1;
      const held = await ifHeld(
        db.send(
          new UpdateCommand({
            ...step,
            UpdateExpression: 'SET #work = :work, dueAt = :dueAt, progress = :next',
            ExpressionAttributeNames: { ...step.ExpressionAttributeNames, '#work': 'work' },
            ExpressionAttributeValues: {
              ...step.ExpressionAttributeValues,
              ':work': work,
              ':dueAt': dueAt,
              ':next': progress,
            },
          }),
        ),
      );
      return held ? { ...seal, work, dueAt, progress } : undefined;
    },

    /** Keeps a seal from being taken up by others until `dueAt`, while it is at the step it was read at. Whoever works on it already may go on. */
    holdUntil(seal: SealUnderWay, dueAt: string): Promise<boolean> {
      const step = atStep(seal);
      return ifHeld(
        db.send(
          new UpdateCommand({
            ...step,
            UpdateExpression: 'SET dueAt = :dueAt',
            ExpressionAttributeValues: { ...step.ExpressionAttributeValues, ':dueAt': dueAt },
          }),
        ),
      );
    },

    /** Marks a seal whose call was extended meanwhile: the next one begins anew. False where somebody else has moved it. */
    giveUp(seal: SealUnderWay, at: string): Promise<boolean> {
      const step = atStep(seal);
      return ifHeld(
        db.send(
          new UpdateCommand({
            ...step,
            UpdateExpression: 'SET #state = :givenUp, givenUpAt = :at REMOVE due, dueAt, #work',
            ExpressionAttributeNames: { ...step.ExpressionAttributeNames, '#work': 'work' },
            ExpressionAttributeValues: { ...step.ExpressionAttributeValues, ':givenUp': 'given-up', ':at': at },
          }),
        ),
      );
    },

    /**
     * Makes the seal, in one transaction of head, seal, history and the list of what is deleted in time, if the head is still as it was read. The caller has seen
     * that its deadlines are those the seal was begun for. `moved`: the head or the seal is another one by now; nothing was written.
     */
    async commitOnce(head: CallHead, seal: SealUnderWay, result: SealResult): Promise<'committed' | 'moved'> {
      const { number, through } = seal;
      const { root, sealedAt, count, accepted, withdrawn } = result;
      const step = atStep(seal);
      const written = await changes.replaceHeadAtRevision(
        { ...head, revision: head.revision + 1, seal: { number, through, root, sealedAt, submissions: accepted } },
        head.revision,
        bySystem(sealedAt, 'sealed', { number, root, count, withdrawn }),
        [
          {
            Update: {
              ...step,
              UpdateExpression:
                'SET #state = :sealed, sealedAt = :sealedAt, root = :root, #count = :count, accepted = :accepted, withdrawn = :withdrawn REMOVE due, dueAt, #work',
              ExpressionAttributeNames: { ...step.ExpressionAttributeNames, '#work': 'work', '#count': 'count' },
              ExpressionAttributeValues: {
                ...step.ExpressionAttributeValues,
                ':sealed': 'sealed',
                ':sealedAt': sealedAt,
                ':root': root,
                ':count': count,
                ':accepted': accepted,
                ':withdrawn': withdrawn,
              },
            },
          },
          startRetention(tables.calls, seal.callId, sealedAt),
        ],
      );
      return written === 'replaced' ? 'committed' : 'moved';
    },
  };
};
