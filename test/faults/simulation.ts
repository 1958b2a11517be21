import { setImmediate as settled } from 'node:timers/promises';
import type { Chance } from './chance.ts';

/** What waits for its turn: not before `at`, ms. */
interface Waiting {
  readonly at: number;
  readonly actor: string | undefined;
  readonly go: () => Promise<void>;
}

/** How far the clock moves with each turn: less than so many ms. */
const STEP_MS = 4;

export type Simulation = ReturnType<typeof simulation>;

/**
 * Actors that take turns by chance, under a clock of their own: one at a time, and only once every one of them waits or is done. So a seed decides which
 * request is carried out when, whatever the machine does meanwhile.
 */
export const simulation = (chance: Chance, startsAt: number) => {
  let now = startsAt;
  let ticks = 0;
  let taking = false;
  let waiting: Waiting[] = [];
  const live = new Set<string>();
  let over: (() => void) | undefined;

  const isEverybodyWaiting = (): boolean => {
    const names = new Set(waiting.map(({ actor }) => actor));
    return [...live].every((actor) => names.has(actor));
  };

  const choose = (): Waiting | undefined => {
    const due = waiting.filter(({ at }) => at <= now);
    if (due.length > 0) return due[chance.below(due.length)];
    const [first] = waiting.toSorted((one, other) => one.at - other.at);
    if (first !== undefined) now = first.at;
    return first;
  };

  /** Gives turns as long as everybody waits; whoever goes on meanwhile calls it again. */
  const giveTurns = async (): Promise<void> => {
    if (taking) return;
    taking = true;
    for (;;) {
      // Requests that an actor sends side by side all come to wait first.
      await settled();
      await settled();
      if (!isEverybodyWaiting()) break;
      const chosen = choose();
      if (chosen === undefined) break;
      waiting = waiting.filter((one) => one !== chosen);
      now += chance.below(STEP_MS);
      await chosen.go();
    }
    taking = false;
    if (live.size === 0 && waiting.length === 0) over?.();
  };

  const wait = <Result>(actor: string | undefined, at: number, work: () => Promise<Result>): Promise<Result> => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    waiting.push({ at, actor, go: () => work().then(resolve, reject) });
    return promise;
  };

  const waitInTurn = async <Result>(actor: string, at: number, work: () => Promise<Result>): Promise<Result> => {
    const outcome = wait(actor, at, work);
    await Promise.all([giveTurns(), outcome.catch(() => undefined)]);
    return outcome;
  };

  return {
    /** ms */
    now: () => now,
    /** The order in which things were seen to happen. */
    tick: () => {
      ticks += 1;
      return ticks;
    },
    /** Lets time pass, ms. */
    pass: (ms: number): void => {
      now += ms;
    },
    /** Does something when it is the actor's turn. */
    turn: <Result>(actor: string, work: () => Promise<Result>): Promise<Result> => waitInTurn(actor, now, work),
    until: (actor: string, at: number): Promise<void> => waitInTurn(actor, at, async () => undefined),
    /** Does something later, whether anybody is still there or not. It must not fail. */
    later: (at: number, work: () => Promise<void>): Promise<void> => wait(undefined, at, work),
    /** Runs all of them to their ends, and whatever was to happen later. */
    run: async (actors: Readonly<Record<string, () => Promise<void>>>): Promise<void> => {
      const ended = new Promise<void>((resolve) => {
        over = resolve;
      });
      const names = Object.keys(actors);
      for (const name of names) live.add(name);
      const lives = names.map(async (name) => {
        try {
          await actors[name]?.();
        } finally {
          live.delete(name);
          await giveTurns();
        }
      });
      await Promise.all([...lives, ended]);
    },
  };
};
