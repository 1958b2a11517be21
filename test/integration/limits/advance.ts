import { isDeepStrictEqual } from 'node:util';
import type { Run } from './limits-world.ts';
import { type State, step } from './model.ts';
import type { Operation, Outcome } from './operation.ts';
import { perform } from './perform.ts';
import type { Unit } from './small-call.ts';
import { differences, glance, look, receiptsOf, type Seen } from './stored.ts';

/** The system did what the model cannot. */
export class Disagreement extends Error {}

/** A run's state as it goes on, and what it met. */
export interface Model {
  state: State;
  steps: number;
  /** Which replies came to what was sent. */
  readonly met: Set<string>;
}

/** What was sent, with its reply. */
interface Sent {
  readonly operation: Operation;
  readonly reply: Outcome;
}

interface Course {
  readonly state: State;
  /** Replies that would have been others in this order. */
  readonly wrong: readonly string[];
}

/** What comes of replies that came in this order. */
const courseOf = (from: State, sent: readonly Sent[]): Course => {
  let state = from;
  const wrong: string[] = [];
  for (const { operation, reply } of sent) {
    const { state: next, expected } = step(state, operation, reply);
    if (!isDeepStrictEqual(clean(expected), clean(reply)))
      wrong.push(`${operation.kind}: ${JSON.stringify(reply)} instead of ${JSON.stringify(expected)}`);
    state = next;
  }
  return { state, wrong };
};

const clean = (outcome: Outcome): unknown => JSON.parse(JSON.stringify(outcome));

const inShort = ({ refused = 'accepted', errors = [] }: Outcome): string => {
  const ofPartner = errors.some(({ path, code }) => code === 'LIMIT_REACHED' && path !== '');
  return ofPartner ? `${refused} of a partner` : refused;
};

/** Steps from one look at everything to the next: it takes some thirty requests, and one step a handful. */
const STEPS_PER_LOOK = 12;

/** The unit whose places an operation moves, as far as one can tell beforehand. */
const concerned = ({ kept }: State, operation: Operation | undefined): Unit => {
  if (operation === undefined || operation.kind === 'publish') return 'a';
  if (operation.kind === 'create') return operation.unit;
  return kept.find(({ id }) => id === operation.id)?.lead ?? 'a';
};

/** The one of these states that all that can be seen agrees with. */
const stateSeen = (run: Run, possible: readonly State[], there: Seen): State => {
  const found = possible.map((state) => ({ state, differs: differences(run, there, state) }));
  const right = found.find(({ differs }) => differs.length === 0);
  if (right !== undefined) return right.state;
  throw new Disagreement(`Afterwards:\n${found.map(({ differs }) => differs.join('\n')).join('\nor\n')}`);
};

/**
 * Sends one operation, or two at the same time, and goes on with the model. Two have to come out as if one had come after the other, whichever was first:
 * their replies, and all that can be seen afterwards.
 *
 * @throws Disagreement where no order explains them
 */
export const advance = async (model: Model, run: Run, operations: readonly Operation[]): Promise<void> => {
  const sent = await Promise.all(
    operations.map(async (operation): Promise<Sent> => ({ operation, reply: await perform(run, operation) })),
  );
  const orders = sent.length === 1 ? [sent] : [sent, [...sent].reverse()];
  const courses = orders.map((order) => courseOf(model.state, order));
  const [first, ...others] = courses.filter(({ wrong }) => wrong.length === 0).map(({ state }) => state);
  if (first === undefined) throw new Disagreement(`Replies:\n${courses.flatMap(({ wrong }) => wrong).join('\nor ')}`);
  const different = others.filter((state) => !isDeepStrictEqual(state, first));

  model.steps += 1;
  const there =
    different.length > 0 || model.steps % STEPS_PER_LOOK === 0
      ? await look(run, receiptsOf(first))
      : await glance(run, concerned(first, operations[0]));
  model.state = stateSeen(run, [first, ...different], there);
  for (const { operation, reply } of sent) model.met.add(`${operation.kind} ${inShort(reply)}`);
};

/** A look at everything, as the model has it at the end. */
export const conclude = async (model: Model, run: Run): Promise<void> => {
  stateSeen(run, [model.state], await look(run, receiptsOf(model.state)));
};
