import { describe, expect, it } from 'vitest';
import { categoriesInUse } from '#shared/data/categories-in-use.ts';
import type { TallyPosition } from '#shared/data/tallies-repository.ts';
import { parseTally } from '#shared/data/tally-items.ts';

/** Two pages of tallies as they are stored, and the categories of drafts. */
const repositories = (drafts: Readonly<Record<string, string>>, ...items: readonly object[]) => {
  const read: string[] = [];
  return {
    read,
    tallies: {
      pageOfCall: async (_: string, { shard }: TallyPosition = { shard: 0 }) => ({
        tallies: [parseTally(items[shard])],
        ...(shard + 1 < items.length ? { next: { shard: shard + 1 } } : {}),
      }),
    },
    submissions: {
      heads: async (ids: readonly string[]) => {
        read.push(...ids);
        return ids.map((id) => ({ category: drafts[id] ?? '' }));
      },
    },
  };
};

const SUBMITTED = { unitId: 'u-1', submitted: new Set(['s-1']), 'in#2': new Set(['s-1']), 'in#2-1': new Set(['s-1']) };
const DRAFT = { unitId: 'u-2', drafts: new Set(['d-1']) };

describe('categoriesInUse', () => {
  it('knows what is submitted by the tallies alone, and what is begun by the heads of drafts', async () => {
    const found = repositories({ 'd-1': '3' }, SUBMITTED, DRAFT);
    expect(await categoriesInUse(found, 'call', ['1', '2-1', '3'])).toEqual(['2-1', '3']);
    expect(found.read).toEqual(['d-1']);
  });

  it('reads no further once all are found', async () => {
    const found = repositories({ 'd-1': '3' }, SUBMITTED, DRAFT);
    expect(await categoriesInUse(found, 'call', ['2-1'])).toEqual(['2-1']);
    expect(found.read).toEqual([]);
  });
});
