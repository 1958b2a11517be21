import { describe, expect, test } from 'vitest';
import { MAX_DEPTH, Meter, measure, OutOfSteps } from '#shared/domain/call/meter.ts';

describe('the steps of what was written', () => {
  const stepsOf = (input: unknown): number => {
    const meter = new Meter();
    expect(measure(input, meter)).toBe('measured');
    return meter.spent;
  };

  test.each<[what: string, input: unknown, steps: number]>([
    ['a number', 7, 1],
    ['nothing', null, 1],
    ['an empty text', '', 1],
    ['a text of 64 characters', 'x'.repeat(64), 2],
    ['one of 65', 'x'.repeat(65), 3],
    ['an empty list', [], 1],
    ['a list, with all that is in it', [1, [2, 3], 'x'], 1 + 1 + 3 + 2],
    ['an object, with its keys', { a: 1, b: 'x' }, 1 + 1 + 1 + 1 + 2],
    ['a key of 65 characters', { ['k'.repeat(65)]: 1 }, 1 + 2 + 1],
    ['categories, which are read once more', { categories: [1] }, 1 + 1 + 2 + 2],
    ['categories of a group, twice more', { categories: [{ categories: ['x'] }] }, 1 + 1 + 2 + 2 + 2 + 3 + 6],
  ])('are those of %s', (_, input, steps) => {
    expect(stepsOf(input)).toBe(steps);
  });

  test('can all be spent, and not one more', () => {
    expect(measure([1, 2], new Meter(3))).toBe('measured');
    expect(() => measure([1, 2], new Meter(2))).toThrow(OutOfSteps);
    const meter = new Meter(5);
    meter.spend(5);
    expect(meter.spent).toBe(5);
    expect(() => meter.spend(1)).toThrow(OutOfSteps);
  });

  test('are a million where nothing is said', () => {
    expect(new Meter().limit).toBe(1_000_000);
  });

  test.each<[of: string, wrap: (value: unknown) => unknown]>([
    ['lists', (value) => [value]],
    ['objects', (value) => ({ a: value })],
  ])('are not counted to the end of %s that nest too deep', (_, wrap) => {
    let nested: unknown = 1;
    for (let level = 1; level < MAX_DEPTH; level += 1) nested = wrap(nested);
    expect(measure(nested, new Meter())).toBe('measured');
    expect(measure(wrap(nested), new Meter())).toBe('tooDeep');
  });
});
