import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import { batchPut } from './batch-put.ts';
import type { CallContent } from './call-content.ts';
import { type CallVersion, headItem, versionItem } from './call-items.ts';
import { historyOfCall, recorded } from './history-items.ts';
import { type FailedWrite, type TransactWrite, transact } from './transact.ts';

const atRevision = (revision: number) =>
  revision === 0
    ? { ConditionExpression: 'attribute_not_exists(callId)' }
    : { ConditionExpression: 'revision = :revision', ExpressionAttributeValues: { ':revision': revision } };

export type CallChanges = ReturnType<typeof callChanges>;

/** Every change of a call: the head at the revision that was read, and in the same transaction who did it. */
export const callChanges = (db: DynamoDBDocumentClient, tables: { calls: string; history: string }) => {
  const putHead = (head: CallHead, revision: number): TransactWrite => ({
    Put: { TableName: tables.calls, Item: headItem(head), ...atRevision(revision) },
  });
  const entryOf = (head: CallHead, entry: HistoryEntry): TransactWrite =>
    recorded(tables.history, historyOfCall(head.callId), head.revision, entry);

  return {
    /**
     * Writes a new version: first the parts of its content, which nothing names yet, then version and head together. So a version is whole from the moment it
     * is there; what a save leaves behind that came no further is named by nothing, and taken over by the next save that says the same. `moved`: the head was
     * no longer at `revision` (0: no head yet), or the version was there.
     */
    async saveVersionAtRevision(
      head: CallHead,
      version: CallVersion & { readonly content: CallContent },
      revision: number,
      entry: HistoryEntry,
    ): Promise<'saved' | 'moved'> {
      const { callId } = head;
      const parts = new Map(version.content.parts.map((part) => [part.item, { callId, ...part }]));
      await batchPut(db, tables.calls, [...parts.values()]);
      const failed = await transact(db, [
        putHead(head, revision),
        { Put: { TableName: tables.calls, Item: versionItem(version), ...atRevision(0) } },
        entryOf(head, entry),
      ]);
      return failed.length === 0 ? 'saved' : 'moved';
    },

    /** Replaces a head that is still at `revision`, with whatever has to change beside it. `moved`: it is not; nothing was written. */
    async replaceHeadAtRevision(
      head: CallHead,
      revision: number,
      entry: HistoryEntry,
      beside: readonly TransactWrite[] = [],
    ): Promise<'replaced' | 'moved'> {
      const failed = await transact(db, [putHead(head, revision), entryOf(head, entry), ...beside]);
      return failed.length === 0 ? 'replaced' : 'moved';
    },

    /**
     * Records several things that the clock did at once, each at a revision of its own, under the condition that the head is still as it was read. `moved`: it
     * is not; nothing was written. At most some 90 of them: a transaction has 100 parts.
     */
    async recordAtRevision(
      head: CallHead,
      entries: readonly HistoryEntry[],
      beside: readonly TransactWrite[],
    ): Promise<'recorded' | 'moved'> {
      const next = { ...head, revision: head.revision + entries.length };
      const recordedEntries = entries.map((entry, index) =>
        entryOf({ ...head, revision: head.revision + index + 1 }, entry),
      );
      const failed = await transact(db, [putHead(next, head.revision), ...recordedEntries, ...beside]);
      return failed.length === 0 ? 'recorded' : 'moved';
    },

    /**
     * Moves the marks by which the clock knows what it has done, of a head that is still at its revision, with whatever has to change beside it. It is nobody's
     * change of the call: no revision and no entry. Gives the writes whose condition did not hold; the head's is at 0.
     */
    markHead: (marked: CallHead, beside: readonly TransactWrite[]): Promise<readonly FailedWrite[]> =>
      transact(db, [putHead(marked, marked.revision), ...beside]),
  };
};
