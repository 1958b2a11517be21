import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { RetentionKind } from '#shared/contract/retention.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { callChanges } from './call-changes.ts';
import { headKey } from './call-items.ts';
import type { RosterPosition } from './call-roster.ts';
import { type RetentionState, retentionKey } from './retention-items.ts';
import { type TransactWrite, transact } from './transact.ts';

export type RetentionChanges = ReturnType<typeof retentionChanges>;

/** Beginning, counting and ending the deleting of what a call keeps no longer. Each write holds the state to the seal and the kind it was read with. */
export const retentionChanges = (
  db: DynamoDBDocumentClient,
  tables: { readonly calls: string; readonly history: string },
) => {
  const changes = callChanges(db, tables);

  const atState = ({ callId, startedAt, kind }: RetentionState) => ({
    TableName: tables.calls,
    Key: retentionKey(callId),
    ConditionExpression: `startedAt = :startedAt AND ${kind === undefined ? 'attribute_not_exists(#kind)' : '#kind = :kind'}`,
    ExpressionAttributeNames: { '#kind': 'kind' },
    ExpressionAttributeValues: { ':startedAt': startedAt, ...(kind === undefined ? {} : { ':kind': kind }) },
  });

  return {
    /**
     * Begins to delete a kind, as a change of the call at the head that was read: a deadline moved meanwhile wins. From the beginning of `personal` on the call
     * says so, and cannot be reopened.
     */
    async begin(head: CallHead, state: RetentionState, kind: RetentionKind, at: string): Promise<'begun' | 'moved'> {
      const next = { ...head, revision: head.revision + 1, ...(kind === 'personal' ? { erasedFrom: at } : {}) };
      const { ExpressionAttributeValues, ...held } = atState(state);
      const written = await changes.replaceHeadAtRevision(
        next,
        head.revision,
        bySystem(at, 'retention-begun', { kind }),
        [
          {
            Update: {
              ...held,
              UpdateExpression: 'SET #kind = :begun, #count = :none REMOVE #from',
              ExpressionAttributeNames: { ...held.ExpressionAttributeNames, '#count': 'count', '#from': 'from' },
              ExpressionAttributeValues: { ...ExpressionAttributeValues, ':begun': kind, ':none': 0 },
            },
          },
        ],
      );
      return written === 'replaced' ? 'begun' : 'moved';
    },

    /**
     * What goes into the transaction that deletes something: it is counted, once, and only while the deadlines are those the call is sealed for. At most one
     * deletion of a call is under way at a time.
     */
    counting: ({ closesAt, lastClosesAt }: CallHead, state: RetentionState): TransactWrite[] => {
      const held = atState(state);
      return [
        {
          Update: {
            ...held,
            UpdateExpression: 'SET #count = #count + :one',
            ExpressionAttributeNames: { ...held.ExpressionAttributeNames, '#count': 'count' },
            ExpressionAttributeValues: { ...held.ExpressionAttributeValues, ':one': 1 },
          },
        },
        {
          ConditionCheck: {
            TableName: tables.calls,
            Key: headKey(state.callId),
            ConditionExpression: `closesAt = :closesAt AND ${lastClosesAt === undefined ? 'attribute_not_exists(lastClosesAt)' : 'lastClosesAt = :lastClosesAt'}`,
            ExpressionAttributeValues: {
              ':closesAt': closesAt,
              ...(lastClosesAt === undefined ? {} : { ':lastClosesAt': lastClosesAt }),
            },
          },
        },
      ];
    },

    /** Records where the roster is read on. False where another seal has begun it anew. */
    async advance(state: RetentionState, from: RosterPosition): Promise<boolean> {
      const held = atState(state);
      const failed = await transact(db, [
        {
          Update: {
            ...held,
            UpdateExpression: 'SET #from = :from',
            ExpressionAttributeNames: { ...held.ExpressionAttributeNames, '#from': 'from' },
            ExpressionAttributeValues: { ...held.ExpressionAttributeValues, ':from': from },
          },
        },
      ]);
      return failed.length === 0;
    },

    /** Ends the deleting of a kind, as a change of the call. `dueAt`: instant of the next kind; undefined where none is left. */
    async finish(
      head: CallHead,
      state: RetentionState,
      at: string,
      dueAt: string | undefined,
    ): Promise<'finished' | 'moved'> {
      const { kind, count = 0, done } = state;
      const held = atState(state);
      const written = await changes.replaceHeadAtRevision(
        { ...head, revision: head.revision + 1 },
        head.revision,
        bySystem(at, 'retention-done', { kind, count }),
        [
          {
            Update: {
              ...held,
              UpdateExpression: `SET done = :done${dueAt === undefined ? '' : ', dueAt = :dueAt'} REMOVE #kind, #count, #from${dueAt === undefined ? ', due, dueAt' : ''}`,
              ExpressionAttributeNames: { ...held.ExpressionAttributeNames, '#count': 'count', '#from': 'from' },
              ExpressionAttributeValues: {
                ...held.ExpressionAttributeValues,
                ':done': [...done, { kind, count }],
                ...(dueAt === undefined ? {} : { ':dueAt': dueAt }),
              },
            },
          },
        ],
      );
      return written === 'replaced' ? 'finished' : 'moved';
    },
  };
};
