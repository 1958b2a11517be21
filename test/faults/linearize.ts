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

/** What was refused, and is true of this state. It changes no state: what was told as done and changes nothing here may yet be what changes another one. */
const isTrueRefusal = (model: Model, state: State, operation: Operation): boolean =>
  operation.outcome.kind === 'refused' && !operation.isUncertain && step(model, state, operation).length > 0;

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
    // A refusal that is true just now is told just now: it changes nothing for the others.
    for (let told = true; told; ) {
      const until = latest();
      const place = operations.findIndex(
        (operation, at) => !done[at] && operation.from <= until && isTrueRefusal(model, state, operation),
      );
      told = place >= 0;
      if (told) done[place] = true;
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
