import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { newDocumentClient } from '#shared/data/document-client.ts';
import { type TransactWrite, transact } from '#shared/data/transact.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { retryAfterOf } from '#shared/http/retry-after.ts';
import { underSignal } from '#shared/runtime/request-signal.ts';
import {
  connectionReset,
  type HttpReply,
  internalError,
  throttled,
  throughputExceeded,
  transactionCanceled,
  transactionConflict,
  transactionInProgress,
} from './aws-replies.ts';
import type { Handler } from './faulty-handler.ts';

/** Those of transact.ts, ms: noted instead of waited for. */
const pauses = vi.hoisted((): number[] => {
  // Files share a worker's modules, and one before may have loaded transact.ts with what really waits.
  vi.resetModules();
  return [];
});
vi.mock('node:timers/promises', async (importOriginal) => ({
  ...(await importOriginal<typeof import('node:timers/promises')>()),
  setTimeout: async (ms: number) => {
    pauses.push(ms);
  },
}));

afterAll(() => {
  vi.resetModules();
});

const WRITES: readonly TransactWrite[] = ['a', 'b'].map((receiptNo) => ({
  Put: { TableName: 'receipts', Item: { receiptNo } },
}));

const DONE: HttpReply = {
  statusCode: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0' },
  body: new Uint8Array(Buffer.from('{}')),
};
const CONFLICT = transactionCanceled(2, 1, 'TransactionConflict');

const Sent = z.object({ ClientRequestToken: z.string().optional() });

/** A DynamoDB that answers so, one request after the other, and then does as it is told. */
const answering = (...replies: readonly (HttpReply | Error | (() => Error))[]) => {
  const rest = [...replies];
  const tokens: (string | undefined)[] = [];
  const requestHandler: Handler = {
    handle: async ({ body }) => {
      const text = new TextDecoder().decode(z.instanceof(Uint8Array).parse(body));
      tokens.push(Sent.parse(JSON.parse(text)).ClientRequestToken);
      const next = rest.shift() ?? DONE;
      const reply = typeof next === 'function' ? next() : next;
      if (reply instanceof Error) throw reply;
      return { response: reply };
    },
  };
  const db = newDocumentClient({
    ...{ region: 'local', endpoint: 'http://127.0.0.1:1', requestHandler: { ...requestHandler } },
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return { db, tokens };
};

/** In a request that is answered in so many ms, whatever it does. */
const leaving = <Result>(ms: number, work: () => Promise<Result>): Promise<Result> =>
  underSignal({ signal: new AbortController().signal, remaining: () => ms }, work);

const failure = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

beforeEach(() => {
  pauses.length = 0;
  vi.spyOn(Math, 'random').mockReturnValue(0);
});

describe('a transaction that is cancelled', () => {
  test.each(['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'] as const)(
    'for %s is tried again by us with the same token, since an attempt before it may have been done without a reply',
    async (code) => {
      const { db, tokens } = answering(transactionCanceled(2, 0, code), transactionCanceled(2, 1, code));
      expect(await transact(db, WRITES)).toEqual([]);
      expect(tokens).toEqual([tokens[0], tokens[0], tokens[0]]);
      expect(tokens[0]).toBeDefined();
    },
  );

  test('is another one than the next, of the same writes too', async () => {
    const { db, tokens } = answering();
    await transact(db, WRITES);
    await transact(db, WRITES);
    expect(new Set(tokens).size).toBe(2);
  });

  test('is tried seven times at most', async () => {
    const { db, tokens } = answering(...Array.from({ length: 9 }, () => CONFLICT));
    const error = await failure(transact(db, WRITES));
    expect(error).toBeInstanceOf(Unavailable);
    expect(retryAfterOf(error)).toBe(1);
    expect(tokens).toHaveLength(7);
  });

  test('is tried again only while the longest pause and an attempt that hangs leave time to answer', async () => {
    const inTime = answering(CONFLICT);
    expect(await leaving(3_025, () => transact(inTime.db, WRITES))).toEqual([]);
    const late = answering(CONFLICT);
    expect(await failure(leaving(3_024, () => transact(late.db, WRITES)))).toBeInstanceOf(Unavailable);
    expect(late.tokens).toHaveLength(1);
  });

  test.each([
    [0, [0, 0, 0, 0, 0, 0]],
    [0.5, [12.5, 25, 50, 100, 200, 400]],
    [0.999, [24.975, 49.95, 99.9, 199.8, 399.6, 799.2]],
  ])('pauses for the share drawn, %d, of all of 25 ms, doubled with each attempt', async (drawn, expected) => {
    vi.spyOn(Math, 'random').mockReturnValue(drawn);
    const { db } = answering(...expected.map(() => CONFLICT));
    expect(await transact(db, WRITES)).toEqual([]);
    expect(pauses).toHaveLength(expected.length);
    for (const [place, ms] of expected.entries()) expect(pauses[place]).toBeCloseTo(ms, 6);
  });
});

test('a request that is answered without it sends nothing more, not even the SDK another attempt', async () => {
  const answered = new AbortController();
  const { db, tokens } = answering(() => {
    answered.abort();
    return connectionReset();
  });
  const work = underSignal({ signal: answered.signal, remaining: () => 20_000 }, () => transact(db, WRITES));
  expect(await failure(work)).toHaveProperty('name', 'AbortError');
  expect(tokens).toHaveLength(1);
});

describe('a transaction of which nobody knows whether it was done', () => {
  test.each([
    ['a connection that broke', connectionReset()],
    ['an internal error', internalError()],
    ['the first attempt still under way', transactionInProgress()],
  ])('after %s is sent again by the SDK with the same token, so that it is done once', async (_, reply) => {
    const { db, tokens } = answering(reply, reply);
    expect(await transact(db, WRITES)).toEqual([]);
    expect(tokens).toHaveLength(3);
    expect(new Set(tokens).size).toBe(1);
  });

  test.each([
    ['a connection that broke', connectionReset()],
    ['an internal error', internalError()],
    ['the first attempt still under way', transactionInProgress()],
    ['throttling', throttled()],
  ])('is told to be sent again by the client after %s three times', async (_, reply) => {
    const { db, tokens } = answering(reply, reply, reply);
    expect(retryAfterOf(await failure(transact(db, WRITES)))).toBe(1);
    expect(tokens).toHaveLength(3);
  });
});

describe('a single write', () => {
  const put = new PutCommand({ TableName: 'receipts', Item: { receiptNo: 'a' } });

  test('at whose item a transaction is, is for the client to send again', async () => {
    const { db, tokens } = answering(transactionConflict());
    expect(retryAfterOf(await failure(db.send(put)))).toBe(1);
    expect(tokens).toHaveLength(1);
  });

  test.each([
    ['throttled', throttled()],
    ['above the throughput', throughputExceeded()],
  ])('that is %s is sent again by the SDK, three times at most', async (_, reply) => {
    const { db, tokens } = answering(reply, reply, reply);
    expect(retryAfterOf(await failure(db.send(put)))).toBe(1);
    expect(tokens).toHaveLength(3);
  });
});
