import * as z from 'zod';
import { CallId, Instant } from '#shared/contract/primitives.ts';
import { RetentionKind } from '#shared/contract/retention.ts';
import { RosterPosition } from './call-roster.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

/** Constant partition of the index `due` for calls of which something is to be deleted in time. */
export const RETENTION_DUE = 'retention';

export const retentionKey = (callId: string) => ({ callId, item: 'retention' });

const RetentionItem = z.object({
  callId: CallId,
  /** Instant of the seal that it counts from: a later seal begins it anew. */
  startedAt: Instant,
  /** Kinds that are deleted, and how many of each went. */
  done: z.array(z.object({ kind: RetentionKind, count: z.int() })),
  /** Of the kind that is being deleted: how many went, and where the roster is read on. */
  kind: RetentionKind.optional(),
  count: z.int().optional(),
  from: RosterPosition.optional(),
});
export type RetentionState = z.output<typeof RetentionItem>;

export const parseRetention = (item: unknown): RetentionState => parseItem('retention', RetentionItem, item);

/** The write that puts a sealed call on the list of those that something is deleted of, in the transaction of the seal. `at`: its instant. */
export const startRetention = (callsTable: string, callId: string, at: string): TransactWrite => ({
  Put: {
    TableName: callsTable,
    Item: { ...retentionKey(callId), startedAt: at, done: [], due: RETENTION_DUE, dueAt: at },
  },
});
