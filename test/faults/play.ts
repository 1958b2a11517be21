import { Receipt } from '#shared/contract/receipts.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import type { Chance } from './chance.ts';
import type { FaultsWorld } from './faults-world.ts';
import { FUNCTION_MS, type Invocation, within } from './faulty-handler.ts';
import type { Operation, Outcome, Wish } from './history.ts';
import { type Instance, instanceOf, type Standin } from './instance.ts';
import { CLOSES_AT, type Prepared, prepare } from './prepare.ts';
import { deliver, outcomeOf, type Reply, type Request, requestFor, requestToMove } from './requests.ts';
import type { Client, Move, Schedule } from './schedule.ts';
import { type Simulation, simulation } from './simulation.ts';
import { drawFault, type Fault, type Sort } from './weather.ts';

/** How often a client sends the same request until it is answered; a real one gives up at some time. */
const SENDS = 5;

/** How long a client waits for the function's answer: longer than the function may take, ms. */
const CLIENT_WAITS_MS = 30_000;

/** What became of a move of a deadline: from its first request until it was answered. */
export interface Moved {
  readonly move: Move;
  readonly from: number;
  readonly to: number;
  readonly outcome: 'granted' | 'refused' | 'unknown';
}

/** All that was seen of a schedule. */
export interface Played {
  readonly schedule: Schedule;
  readonly prepared: Prepared;
  readonly history: readonly Operation[];
  /** Of operations after everything: no fault is left to excuse them. */
  readonly afterwards: readonly Operation[];
  readonly moves: readonly Moved[];
  /** Every receipt that a client was given. */
  readonly receipts: readonly Receipt[];
  /** Ids by place, as clients know them. */
  readonly ids: readonly (string | undefined)[];
  /** Requests that the functions sent. */
  readonly sent: number;
}

/** Draws what happens to the next attempt; what a test wants to happen instead is for it to say. */
export type FaultOf = (sort: Sort) => Fault;

interface Stage {
  readonly app: Instance;
  readonly schedule: Schedule;
  readonly callId: string;
  readonly time: Simulation;
  readonly chance: Chance;
  readonly faultOf: FaultOf;
  readonly ids: (string | undefined)[];
  readonly operations: Operation[];
  readonly receipts: Receipt[];
}

/** Sends a request once. @returns undefined where no answer comes */
const sendOnce = async (
  { time, chance, faultOf, schedule }: Stage,
  actor: string,
  request: Request,
): Promise<{ reply: Reply | undefined; from: number; receivedAt: number; isUncertain: boolean }> => {
  await time.turn(actor, async () => undefined);
  const [from, receivedAt] = [time.tick(), time.now()];
  const invocation: Invocation = {
    ...{ actor, simulation: time, chance, startedAt: receivedAt, fault: faultOf },
    ...{ isDead: false, isUncertain: false },
  };
  const remaining = (): number => FUNCTION_MS - (time.now() - receivedAt);
  const reply = await within(invocation, () => deliver(request, receivedAt, remaining));
  const isLost = invocation.isDead || chance.is(schedule.weather.answersLost);
  return { reply: isLost ? undefined : reply, from, receivedAt, isUncertain: invocation.isUncertain };
};

/** Sends a request for a wish and notes what came of it. */
const wishOnce = async (stage: Stage, actor: string, wish: Wish): Promise<Outcome> => {
  const { app, schedule, callId, time, ids, operations, receipts } = stage;
  const planned = schedule.planned[wish.of];
  if (planned === undefined) throw new Error(`There is no submission ${wish.of}`);
  const request = requestFor(app, callId, planned, wish, ids[wish.of]);
  const { reply, from, receivedAt, isUncertain } = await sendOnce(stage, actor, request);
  const outcome: Outcome = reply === undefined ? { kind: 'unknown' } : outcomeOf(wish, reply);
  if (outcome.kind === 'done' && wish.kind === 'submit') receipts.push(Receipt.parse(reply?.body));
  if (outcome.kind === 'done' && outcome.id !== undefined) ids[wish.of] ??= outcome.id;
  operations.push({ wish, from, to: time.tick(), receivedAt, outcome, isUncertain });
  return outcome;
};

/** Sends a request for a wish until it is answered. */
const wishUntilAnswered = async (stage: Stage, actor: string, wish: Wish): Promise<Outcome> => {
  let outcome: Outcome = { kind: 'unknown' };
  for (let sends = 1; sends <= SENDS && outcome.kind === 'unknown'; sends += 1) {
    outcome = await wishOnce(stage, actor, wish);
  }
  return outcome;
};

/** A client with one submission in mind: it sends each wish until it is answered, and gives up where it never is or is refused for good. */
const live = async (stage: Stage, actor: string, { startsAt, of, wishes }: Client): Promise<void> => {
  await stage.time.until(actor, CLOSES_AT + startsAt);
  let revision = 1;
  for (const kind of wishes) {
    const { kind: became } = await wishUntilAnswered(
      stage,
      actor,
      kind === 'save' ? { kind, of, revision } : { kind, of },
    );
    if (became !== 'done') return;
    if (kind === 'save') revision += 1;
  }
};

/** The officer, who moves a deadline and sends the request until it is answered. */
const move = async (stage: Stage, actor: string, asked: Move, moves: Moved[]): Promise<void> => {
  const { app, callId, time } = stage;
  await time.until(actor, CLOSES_AT + asked.startsAt);
  const request = requestToMove(app, callId, asked, toInstant(CLOSES_AT + asked.closesAt));
  let first: number | undefined;
  for (let sends = 1; sends <= SENDS; sends += 1) {
    const { reply, from } = await sendOnce(stage, actor, request);
    first ??= from;
    if (reply === undefined || reply.status === 503) continue;
    // A close has no key: one that was done without an answer is refused when it is sent again.
    const outcome = reply.status < 300 ? 'granted' : sends > 1 ? 'unknown' : 'refused';
    moves.push({ move: asked, from: first, to: time.tick(), outcome });
    return;
  }
  moves.push({ move: asked, from: first ?? 0, to: Number.POSITIVE_INFINITY, outcome: 'unknown' });
};

/**
 * Everybody tries again, one after the other, with no fault in the way and the deadline far off. What is not answered is sent again here too: on a machine that
 * does other things DynamoDB Local can take longer than a request may.
 */
const tryAgain = async (stage: Stage, isTakenApart: boolean): Promise<Moved[]> => {
  const { time, schedule } = stage;
  const moves: Moved[] = [];
  const closesAt = time.now() - CLOSES_AT + 30 * 24 * 3_600_000;
  await move(stage, 'afterwards', { kind: 'extend', startsAt: 0, closesAt }, moves);
  const wish = (kind: Exclude<Wish['kind'], 'save'>, of: number) =>
    wishUntilAnswered(stage, 'afterwards', { kind, of });
  for (const [of, { isCreated, partner }] of schedule.planned.entries()) {
    if (isCreated) await wish('create', of);
    if (partner !== undefined) await wish('consent', of);
    await wish('submit', of);
  }
  if (!isTakenApart) return moves;
  for (const of of schedule.planned.keys()) {
    await wish('withdraw', of);
    await wish('remove', of);
  }
  return moves;
};

/** What a schedule is played with: the wrong variants that have to be found, other faults than the drawn ones, a look at what there is before it is taken apart. */
export interface Staging {
  readonly standin?: Standin;
  readonly faultOf?: FaultOf;
  /** Whether everything is withdrawn and deleted in the end. */
  readonly isTakenApart?: boolean;
}

/** Plays a schedule on a call of its own. */
export const play = async (
  world: FaultsWorld,
  { schedule, chance }: { schedule: Schedule; chance: Chance },
  { standin, faultOf, isTakenApart = false }: Staging = {},
): Promise<Played> => {
  const prepared = await prepare(world, schedule);
  const { callId } = prepared;
  const time = simulation(chance, CLOSES_AT + schedule.beginsAt);
  let sent = 0;
  const drawn: FaultOf = faultOf ?? ((sort) => drawFault(chance, schedule.weather, sort));
  const app = instanceOf(world, time.now, standin);
  const stage: Stage = {
    ...{ app, schedule, callId, time, chance },
    faultOf: (sort) => {
      sent += 1;
      return drawn(sort);
    },
    ids: prepared.heads.map((head) => head?.submissionId),
    operations: [],
    receipts: [],
  };
  const moves: Moved[] = [];
  await time.run({
    ...Object.fromEntries(
      schedule.clients.map((client, place) => [`client ${place}`, () => live(stage, `client ${place}`, client)]),
    ),
    ...Object.fromEntries(
      schedule.moves.map((asked, place) => [`officer ${place}`, () => move(stage, `officer ${place}`, asked, moves)]),
    ),
  });
  const history = [...stage.operations];
  time.pass(CLIENT_WAITS_MS);
  const calm: Stage = {
    ...stage,
    schedule: { ...schedule, weather: { ...schedule.weather, answersLost: 0 } },
    faultOf: () => 'none',
    operations: [],
  };
  await time.run({
    afterwards: async () => {
      moves.push(...(await tryAgain(calm, isTakenApart)));
    },
  });
  const { ids, receipts } = stage;
  return { schedule, prepared, history, afterwards: calm.operations, moves, receipts, ids, sent };
};
