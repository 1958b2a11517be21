import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { log } from '#shared/runtime/log.ts';
import { remainingMs } from '#shared/runtime/request-signal.ts';
import { REQUEST_TIMEOUT_MS } from './document-client.ts';

export type TransactWrite = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** Pauses grow 25, 50, 100 … 800 ms, each shortened at random: at most 1.6 s in all. */
const ATTEMPTS = 7;
const FIRST_PAUSE_MS = 25;

/** What failed, by its position in the transaction; with `ReturnValuesOnConditionCheckFailure` the item as it was, in DynamoDB's own notation. */
export interface FailedWrite {
  readonly position: number;
  readonly item: unknown;
}

/** Reasons that pass by themselves: another transaction on the same item, or throttling. */
const PASSING = new Set(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded']);

/**
 * Writes all or nothing. Conflicts with other transactions and throttling are tried again with full jitter, as long as the request that this is for leaves
 * time for the longest pause and an attempt that hangs: who is told 503 knows to send it again, who is cut off knows nothing. All attempts have one token, by
 * which DynamoDB knows what it has done already (for ten minutes): where the reply was lost and the next attempt meets a conflict, the one after it is told so
 * and not that its condition does not hold.
 *
 * @returns the writes whose condition did not hold, in order; empty where all was written
 * @throws Unavailable where conflicts or throttling outlasted the retries or the time
 */
export const transact = async (
  db: DynamoDBDocumentClient,
  writes: readonly TransactWrite[],
): Promise<readonly FailedWrite[]> => {
  const ClientRequestToken = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    try {
      await db.send(new TransactWriteCommand({ TransactItems: [...writes], ClientRequestToken }));
      return [];
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = reasons.flatMap(({ Code, Item }, position) =>
        Code === 'ConditionalCheckFailed' ? [{ position, item: Item }] : [],
      );
      if (failed.length > 0) return failed;
      if (!reasons.some(({ Code }) => Code !== undefined && PASSING.has(Code))) throw error;
      const longestPause = FIRST_PAUSE_MS * 2 ** (attempt - 1);
      if (attempt === ATTEMPTS || remainingMs() < longestPause + REQUEST_TIMEOUT_MS)
        throw new Unavailable('A transaction met conflicts or throttling to the last', { cause: error });
      log.info('CONFLICT_RETRIED', { attempt });
      await wait(Math.random() * longestPause);
    }
  }
};
