import { expect, test } from 'vitest';
import { mergeRosters } from '#shared/domain/seal/merge-rosters.ts';
import { placeOf, withdrawnEntryOf } from '#shared/domain/seal/roster.ts';
import { all, numbered, streamed, unnumbered } from './receipts.ts';

const NONE = { current: [], sealed: [], withdrawn: [] };
const current = (...numbers: readonly number[]) => streamed(numbers.map(unnumbered));

test('rosters read side by side come in one order, whichever of them ends first', async () => {
  const merged = mergeRosters({ ...NONE, current: [current(2, 5), current(), current(1, 3, 6, 7), current(4)] });
  expect(await all(merged)).toStrictEqual(
    [1, 2, 3, 4, 5, 6, 7].map((number) => ({ place: placeOf(unnumbered(number)), current: unnumbered(number) })),
  );
});

test('what is at one place is found together: what there is, what was sealed and what was found withdrawn', async () => {
  const withdrawn = withdrawnEntryOf(numbered(2, 2));
  const merged = mergeRosters({
    current: [current(1, 3)],
    sealed: [streamed([numbered(1, 1), numbered(2, 2)])],
    withdrawn: [streamed([withdrawn])],
  });
  expect(await all(merged)).toStrictEqual([
    { place: placeOf(unnumbered(1)), current: unnumbered(1), sealed: numbered(1, 1) },
    { place: placeOf(unnumbered(2)), sealed: numbered(2, 2), withdrawn },
    { place: placeOf(unnumbered(3)), current: unnumbered(3) },
  ]);
});

test('of nothing comes nothing', async () => {
  expect(await all(mergeRosters(NONE))).toStrictEqual([]);
});
