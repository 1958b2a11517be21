import { AsyncLocalStorage } from 'node:async_hooks';
import { Readable } from 'node:stream';
import * as z from 'zod';
import { REQUEST_TIMEOUT_MS } from '#shared/data/document-client.ts';
import {
  connectionReset,
  internalError,
  nothingProcessed,
  objectError,
  slowDown,
  throttled,
  throughputExceeded,
  timedOut,
  transactionCanceled,
  transactionConflict,
  transactionInProgress,
} from './aws-replies.ts';
import type { Chance } from './chance.ts';
import type { Simulation } from './simulation.ts';
import type { Fault, Sort } from './weather.ts';

interface Request {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Reply {
  readonly response: { readonly body?: unknown };
}

/** An SDK client's handler of HTTP requests, as far as it is one of ours or stands before one. */
export interface Handler {
  handle(request: Request, options?: object): Promise<Reply>;
}

/** The function's own time-out, ms: what takes longer is cut off. */
export const FUNCTION_MS = 20_000;

/** How long a request that was given up may still be under way, ms. */
const OVERTAKEN_MS = [5, 50, 3_000] as const;

/** One run of a function for one request of a client. */
export interface Invocation {
  readonly actor: string;
  readonly simulation: Simulation;
  readonly chance: Chance;
  /** ms */
  readonly startedAt: number;
  /** What happens to its next attempt of a request. */
  readonly fault: (sort: Sort) => Fault;
  /** Whether its instance died: nothing more is sent. */
  isDead: boolean;
  /** Whether a write of it was carried out, or may have been, without its being told so. */
  isUncertain: boolean;
}

const invocations = new AsyncLocalStorage<Invocation>();

/** Runs a function as one invocation: every attempt of a request of the SDK's passes the proxy. */
export const within = <Result>(invocation: Invocation, work: () => Promise<Result>): Promise<Result> =>
  invocations.run(invocation, work);

/** The function is no more. */
class Died extends Error {}

const Body = z.object({ TransactItems: z.array(z.unknown()).default([]), RequestItems: z.unknown().optional() });
const bodyOf = (request: Request): z.output<typeof Body> =>
  Body.parse(JSON.parse(new TextDecoder().decode(z.instanceof(Uint8Array).parse(request.body))));

const sortOf = ({ headers }: Request): Sort => {
  const operation = headers['x-amz-target']?.split('.').at(-1);
  switch (operation) {
    case undefined:
      return 'object';
    case 'TransactWriteItems':
      return 'transaction';
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return 'write';
    case 'BatchGetItem':
      return 'batch read';
    default:
      return 'read';
  }
};

/** Lets a reply go by, so that its connection is free again. */
const lose = ({ response: { body } }: Reply): void => {
  if (body instanceof Readable) body.resume();
};

/** What came of one attempt: a reply, or an error of the connection. */
const suffer = async (
  { simulation, chance }: Invocation,
  fault: Fault,
  request: Request,
  send: () => Promise<Reply>,
): Promise<Reply> => {
  const cancelled = (code: Parameters<typeof transactionCanceled>[2]): Reply => {
    const { length } = bodyOf(request).TransactItems;
    return { response: transactionCanceled(length, chance.below(length), code) };
  };
  switch (fault) {
    case 'none':
    case 'dies before':
    case 'dies after':
      return send();
    case 'dropped':
      throw connectionReset();
    case 'reply lost':
      lose(await send());
      throw connectionReset();
    case 'reply lost, slowly':
      lose(await send());
      simulation.pass(REQUEST_TIMEOUT_MS);
      throw timedOut();
    case 'overtaken':
      simulation.pass(REQUEST_TIMEOUT_MS);
      void simulation.later(simulation.now() + chance.pick(OVERTAKEN_MS), async () => {
        lose(await send());
      });
      throw timedOut();
    case 'doubled':
      lose(await send());
      return send();
    case 'delayed':
      simulation.pass(chance.below(2_000));
      return send();
    case 'conflict':
      return sortOf(request) === 'transaction' ? cancelled('TransactionConflict') : { response: transactionConflict() };
    case 'ThrottlingError':
    case 'ProvisionedThroughputExceeded':
    case 'TransactionConflict':
      return cancelled(fault);
    case 'in progress':
      return { response: transactionInProgress() };
    case 'throttled':
      return { response: sortOf(request) === 'object' ? slowDown() : throttled() };
    case 'throughput exceeded':
      return { response: sortOf(request) === 'object' ? slowDown() : throughputExceeded() };
    case 'error before':
      return { response: sortOf(request) === 'object' ? objectError() : internalError() };
    case 'error after':
      lose(await send());
      return { response: sortOf(request) === 'object' ? objectError() : internalError() };
    case 'nothing processed':
      return { response: nothingProcessed(bodyOf(request).RequestItems) };
  }
};

/** What changes anything: a read that is lost excuses no refusal. */
const WRITES = new Set<Sort>(['transaction', 'write']);

/** After which nobody knows whether a write was carried out. */
const UNCERTAIN = new Set<Fault>(['reply lost', 'reply lost, slowly', 'overtaken', 'error after']);

const attempt = async (invocation: Invocation, request: Request, send: () => Promise<Reply>): Promise<Reply> => {
  const sort = sortOf(request);
  if (invocation.simulation.now() - invocation.startedAt >= FUNCTION_MS) invocation.isDead = true;
  if (invocation.isDead) throw new Died();
  const fault = invocation.fault(sort);
  if (fault === 'dies before') {
    invocation.isDead = true;
    throw new Died();
  }
  if (WRITES.has(sort) && UNCERTAIN.has(fault)) invocation.isUncertain = true;
  const reply = await suffer(invocation, fault, request, send);
  if (fault === 'dies after') {
    lose(reply);
    invocation.isDead = true;
    throw new Died();
  }
  return reply;
};

/** The proxy: hands requests of an invocation on as its faults say, in its turn; all others as they are. */
export const faultyHandler = (inner: Handler): Handler => ({
  handle: (request, options) => {
    const send = (): Promise<Reply> => inner.handle(request, options);
    const invocation = invocations.getStore();
    if (invocation === undefined) return send();
    return invocation.simulation.turn(invocation.actor, () => attempt(invocation, request, send));
  },
});
