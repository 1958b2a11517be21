import { describe, expect, it } from 'vitest';
import { clauseIn } from '#shared/domain/clause.ts';
import { at } from '#shared/domain/fault.ts';
import { FaultList, MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { isJsonObject } from '#shared/domain/json-object.ts';
import { repeated } from '#shared/domain/repeated.ts';

describe('the path of a fault', () => {
  it.each([
    [at('name'), 'name'],
    [at('participants', 0, 'name'), 'participants[0].name'],
    [at('', 'name'), 'name'],
    [at('a', 'b', 1, 2), 'a.b[1][2]'],
    [at(3), '[3]'],
    [at(), ''],
  ])('%s is %s', (path, written) => {
    expect(path).toBe(written);
  });
});

describe('a list of faults', () => {
  const fault = (place: number) => ({ path: `${place}`, code: 'REQUIRED' }) as const;

  it('keeps them in order up to its bound', () => {
    const list = new FaultList();
    for (let place = 0; place < MAX_FAULTS; place += 1) {
      expect(list.isFull).toBe(false);
      list.add(fault(place));
    }
    expect(list.isFull).toBe(true);
    list.add(fault(MAX_FAULTS));
    expect(list.found).toHaveLength(MAX_FAULTS);
    expect(list.found.at(-1)).toEqual(fault(MAX_FAULTS - 1));
  });

  it('starts anew once they are taken', () => {
    const list = new FaultList();
    list.add(fault(1));
    expect(list.take()).toEqual([fault(1)]);
    expect([list.found, list.isFull]).toEqual([[], false]);
  });
});

it('a clause is named where there is one', () => {
  expect(clauseIn('三')).toStrictEqual({ clause: '三' });
  expect(clauseIn(undefined)).toStrictEqual({});
});

it('a text that stood before is repeated, wherever it stands again; what is no text never is', () => {
  expect(repeated(['a', 1, 'b', 'a', 1, null, 'a', undefined, undefined])).toEqual([3, 6]);
});

it('an object of JSON is neither null nor a list nor a scalar', () => {
  expect([{}, { a: 1 }].every(isJsonObject)).toBe(true);
  expect([null, [], 'a', 1, true, undefined].some(isJsonObject)).toBe(false);
});
