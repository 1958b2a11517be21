import type { Operation } from './history.ts';
import { type Model, type State, step } from './model.ts';

/** So many states looked at without an end are a fault of the check or a history that has no order. */
const MOST_LOOKED_AT = 200_000;

const nameOf = (done: readonly boolean[], state: State): string =>
  `${done.map(Number).join('')} ${JSON.stringify(state)}`;

/** Of operations nobody knows the outcome of, those alike are done in the order they were sent in: which of them it was makes no difference. */
const isFirstAlike = (operations: readonly Operation[], done: readonly boolean[], place: number): boolean => {
  const one = operations[place];
  return !operations.some(
    (other, at) =>
      at < place &&
      !done[at] &&
      other.outcome.kind === 'unknown' &&
      one?.outcome.kind === 'unknown' &&
      JSON.stringify(other.wish) === JSON.stringify(one.wish),
  );
};

const OPPOSITE: Readonly<Partial<Record<Operation['wish']['kind'], string>>> = {
  consent: 'takeBack',
  takeBack: 'consent',
};

/**
 * Whether an operation only tells what is true of this state, and can do nothing in any that comes before it has to be told. A refusal does nothing at all; a draft is made
 * once, and a receipt given once. Who is told that it is done to consent where that was done already may yet be the one who does it, if a taking back is still to come.
 */
const isOnlyTold = (model: Model, state: State, operation: Operation, waiting: readonly Operation[]): boolean => {
  const { wish, outcome, isUncertain, to } = operation;
  if (outcome.kind === 'refused' && isUncertain) return false;
  const left = step(model, state, operation);
  if (left.length === 0 || left.some((next) => next !== state)) return false;
  const opposite = OPPOSITE[wish.kind];
  return (
    outcome.kind === 'refused' ||
    !waiting.some((other) => other.wish.of === wish.of && other.wish.kind === opposite && other.from < to)
  );
};

/** What is known of the end. */
interface End {
  isEnd(state: State): boolean;
  /** Whether an end can still come, with these operations left: without it, histories of many unanswered requests have too many orders to look at. */
  mayEnd?(state: State, left: readonly Operation[]): boolean;
}

/**
 * Whether there is an order of operations, each between its beginning and its end, that explains every answer and what is there in the end (Wing and Gong,
 * with the memory of Lowe). Operations without a known outcome are done at some time after their beginning, or not at all.
 */
export const isLinearizable = (
  model: Model,
  start: State,
  history: readonly Operation[],
  { isEnd, mayEnd = () => true }: End,
): boolean => {
  const operations = history.toSorted((one, other) => one.from - other.from);
  // What was answered is tried before what was not, which is done only where nothing else can be, and of each the earliest first.
  const unanswered = ({ outcome }: Operation): number => (outcome.kind === 'unknown' ? 0 : 1);
  const triedLast = operations
    .map((operation, place) => ({ place, rank: unanswered(operation) }))
    .sort((one, other) => one.rank - other.rank || other.place - one.place)
    .map(({ place }) => place);
  const seen = new Set<string>();
  const stack: { done: readonly boolean[]; state: State }[] = [{ done: operations.map(() => false), state: start }];
  for (let looked = 0; looked < MOST_LOOKED_AT; looked += 1) {
    const here = stack.pop();
    if (here === undefined) return false;
    const { state } = here;
    const done = [...here.done];
    const latest = (): number =>
      Math.min(
        ...operations.map(({ to, outcome }, place) =>
          done[place] || outcome.kind === 'unknown' ? Number.POSITIVE_INFINITY : to,
        ),
      );
    // What only tells something true just now is told just now: it changes nothing for the others.
    for (let told = true; told; ) {
      const until = latest();
      const waiting = operations.filter((_, at) => !done[at]);
      const next = waiting.find((operation) => operation.from <= until && isOnlyTold(model, state, operation, waiting));
      told = next !== undefined;
      if (next !== undefined) done[operations.indexOf(next)] = true;
    }
    const name = nameOf(done, state);
    if (seen.has(name)) continue;
    seen.add(name);
    const left = operations.filter((_, place) => !done[place]);
    if (!mayEnd(state, left)) continue;
    const until = latest();
    if (until === Number.POSITIVE_INFINITY && isEnd(state)) return true;
    for (const place of triedLast) {
      const operation = operations[place];
      if (operation === undefined || done[place] || operation.from > until) continue;
      if (!isFirstAlike(operations, done, place)) continue;
      for (const next of step(model, state, operation)) stack.push({ done: done.with(place, true), state: next });
    }
  }
  throw new Error(`No order was found among ${MOST_LOOKED_AT} states`);
};
