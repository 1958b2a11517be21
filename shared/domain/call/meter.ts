import { isJsonObject } from '#shared/domain/json-object.ts';

/**
 * Steps that checking one definition may take. A step is one value that was written, 64 characters of text, or one character of a rule, each as often as
 * it is read; a call of 500 categories and 50 forms of 100 fields takes some 200,000. All of them together take a second at most.
 */
const MOST_STEPS = 1_000_000;

/** Thrown by a meter that has run out, and caught where the check begins. */
export class OutOfSteps extends Error {}

/** Counts what a check does, and stops it. */
export class Meter {
  readonly limit: number;
  #spent = 0;

  constructor(limit: number = MOST_STEPS) {
    this.limit = limit;
  }

  get spent(): number {
    return this.#spent;
  }

  spend(steps: number): void {
    this.#spent += steps;
    if (this.#spent > this.limit) throw new OutOfSteps();
  }
}

const CHARACTERS_PER_STEP = 64;

const textSteps = (text: string): number => Math.ceil(text.length / CHARACTERS_PER_STEP);

/** As deep as JSON and YAML may be when they are read. */
export const MAX_DEPTH = 64;

/**
 * Counts all that was written, by a loop, before anything recursive touches it. What stands in a tree of categories is read again for every group above it,
 * so it counts as often. Gives whether it is shallow enough to be walked at all.
 */
export const measure = (input: unknown, meter: Meter): 'measured' | 'tooDeep' => {
  const pending: { value: unknown; depth: number; times: number }[] = [{ value: input, depth: 1, times: 1 }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { value, depth, times } = next;
    if (depth > MAX_DEPTH) return 'tooDeep';
    meter.spend(times * (1 + (typeof value === 'string' ? textSteps(value) : 0)));
    if (Array.isArray(value)) for (const each of value) pending.push({ value: each, depth: depth + 1, times });
    if (!isJsonObject(value)) continue;
    for (const [key, each] of Object.entries(value)) {
      meter.spend(times * textSteps(key));
      pending.push({ value: each, depth: depth + 1, times: key === 'categories' ? times + 1 : times });
    }
  }
  return 'measured';
};
