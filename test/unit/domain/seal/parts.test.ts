import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { type Found, mergeRosters } from '#shared/domain/seal/merge-rosters.ts';
import { leafHash, rootOf, toHex } from '#shared/domain/seal/merkle-tree.ts';
import { behind, PART_ENTRIES, rosterParts, withdrawalParts } from '#shared/domain/seal/parts.ts';
import { lineOf, parseWithdrawn, placeOf, withdrawnEntryOf } from '#shared/domain/seal/roster.ts';
import { all, entriesIn, linesIn, numbered, streamed, unnumbered } from './receipts.ts';

const upTo = (most: number): number[] => Array.from({ length: most }, (_, n) => n + 1);
const places = (numbers: readonly number[], found: (number: number) => Omit<Found, 'place'>) =>
  streamed(numbers.map((number) => ({ place: placeOf(unnumbered(number)), ...found(number) })));
const submitted = (...numbers: readonly number[]) => places(numbers, (number) => ({ current: unnumbered(number) }));
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('the parts of a roster', () => {
  test('number its entries in order from the first number of the seal on, each part by its own name', async () => {
    const parts = await all(rosterParts(submitted(...upTo(2 * PART_ENTRIES + 1)), { firstNo: 11, written: 0 }));
    expect(parts.map(({ part }) => [part.name, part.count, part.first.acceptanceNo])).toStrictEqual([
      ['part-00001.ndjson', PART_ENTRIES, 11],
      ['part-00002.ndjson', PART_ENTRIES, 11 + PART_ENTRIES],
      ['part-00003.ndjson', 1, 11 + 2 * PART_ENTRIES],
    ]);
    const entries = parts.flatMap(({ body }) => entriesIn(body));
    expect(entries).toStrictEqual(upTo(2 * PART_ENTRIES + 1).map((number) => numbered(number, number + 10)));
  });

  test('say of each its size, digest, root, first entry and last place', async () => {
    const [only, ...others] = await all(rosterParts(submitted(1, 2, 3), { firstNo: 1, written: 0 }));
    const lines = [1, 2, 3].map((number) => lineOf(numbered(number, number)));
    const body = Buffer.from(`${lines.join('\n')}\n`, 'utf8');
    const { acceptanceNo, submittedAt, submissionId } = numbered(1, 1);
    expect(others).toStrictEqual([]);
    expect(only).toStrictEqual({
      part: {
        name: 'part-00001.ndjson',
        count: 3,
        bytes: body.length,
        sha256: sha256(body),
        first: { acceptanceNo, submittedAt, submissionId },
        root: toHex(rootOf(lines.map(leafHash))),
      },
      body,
      lastPlace: placeOf(unnumbered(3)),
    });
  });

  test('are the same whether they are written at once or taken up behind those there are', async () => {
    const numbers = upTo(PART_ENTRIES + 2);
    const [first, second] = await all(rosterParts(submitted(...numbers), { firstNo: 1, written: 0 }));
    const rest = behind(submitted(...numbers), first?.lastPlace);
    expect(await all(rosterParts(rest, { firstNo: 1, written: 1 }))).toStrictEqual([second]);
    expect(first?.lastPlace).toBe(placeOf(unnumbered(PART_ENTRIES)));
  });

  test('leave out what an earlier seal has, and what is withdrawn', async () => {
    const merged = mergeRosters({
      current: [streamed([1, 2, 4].map(unnumbered))],
      sealed: [streamed([numbered(1, 1), numbered(3, 2)])],
      withdrawn: [],
    });
    const [only, ...others] = await all(rosterParts(merged, { firstNo: 3, written: 0 }));
    expect(others).toStrictEqual([]);
    expect(only === undefined ? [] : entriesIn(only.body)).toStrictEqual([numbered(2, 3), numbered(4, 4)]);
  });

  test('of a full part and nothing more are that part, and of nothing none', async () => {
    expect(await all(rosterParts(submitted(...upTo(PART_ENTRIES)), { firstNo: 1, written: 0 }))).toHaveLength(1);
    expect(await all(rosterParts(submitted(), { firstNo: 1, written: 0 }))).toStrictEqual([]);
  });
});

describe('what was withdrawn since an earlier seal', () => {
  test('is listed once, by what is known of it', async () => {
    const gone = [numbered(2, 2), numbered(3, 3)] as const;
    const merged = mergeRosters({
      current: [streamed([unnumbered(1), unnumbered(5)])],
      sealed: [streamed([numbered(1, 1), ...gone, numbered(4, 4)])],
      withdrawn: [streamed([withdrawnEntryOf(numbered(4, 4))])],
    });
    const [only, ...others] = await all(withdrawalParts(merged, 0));
    expect(others).toStrictEqual([]);
    const body = only?.body ?? new Uint8Array();
    expect(linesIn(body).map(parseWithdrawn)).toStrictEqual(gone.map(withdrawnEntryOf));
    expect(only?.part).toStrictEqual({
      name: 'withdrawn-00001.ndjson',
      count: 2,
      bytes: body.length,
      sha256: sha256(body),
    });
    expect(only?.lastPlace).toBe(placeOf(unnumbered(3)));
  });

  test('goes on with the next part', async () => {
    const merged = mergeRosters({ current: [], sealed: [streamed([numbered(1, 1)])], withdrawn: [] });
    expect((await all(withdrawalParts(merged, 2))).map(({ part }) => part.name)).toStrictEqual([
      'withdrawn-00003.ndjson',
    ]);
  });
});

test('a step that goes on takes up behind the last place, and one that begins takes all', async () => {
  const numbersOf = async (after: string | undefined) =>
    (await all(behind(submitted(1, 2, 3), after))).map(({ place }) => place);
  expect(await numbersOf(undefined)).toStrictEqual([1, 2, 3].map((number) => placeOf(unnumbered(number))));
  expect(await numbersOf(placeOf(unnumbered(2)))).toStrictEqual([placeOf(unnumbered(3))]);
});
