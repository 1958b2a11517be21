import { expect, test } from 'vitest';
import { histogramOf, loadByKey } from '#test/bench/key-load.ts';

const charge = (partition: string | undefined, wru: number, rru: number) => ({
  ...{ of: 'any', command: 'any', bytes: 1 },
  ...{ partition, wru, rru },
});

test('adds up what each key is charged, the hottest first', () => {
  const charges = [charge('tallies c#01', 2, 0), charge('tallies c#02', 2, 0), charge('tallies c#01', 2, 0)];
  expect(loadByKey(charges, 'wru')).toEqual([
    { partition: 'tallies c#01', units: 4 },
    { partition: 'tallies c#02', units: 2 },
  ]);
});

test('leaves out keys that are not charged in that unit', () => {
  expect(loadByKey([charge('calls c', 0, 3), charge('tallies c#01', 2, 0)], 'rru')).toEqual([
    { partition: 'calls c', units: 3 },
  ]);
});

test('does not lose what a page that held nothing is charged', () => {
  expect(loadByKey([charge(undefined, 0, 1), charge(undefined, 0, 1)], 'rru')).toEqual([
    { partition: 'nothing there', units: 2 },
  ]);
});

test('counts keys by bucket, the coolest first, and keeps what is beyond the last', () => {
  const loads = [5_000, 160, 3, 3.1, 3, 0.1].map((units, place) => ({ partition: `tallies c#${place}`, units }));
  expect(Object.entries(histogramOf(loads))).toEqual([
    ['≤ 0.1', 1],
    ['≤ 3', 2],
    ['≤ 10', 1],
    ['≤ 300', 1],
    ['more', 1],
  ]);
});
