import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MOST_BYTES, MOST_SUBMISSIONS, type Planned, partsOf } from '#shared/domain/export/parts.ts';
import { runsOf } from '#test/support/property-runs.ts';

const divided = (planned: readonly Planned[]): string[][] => {
  const filling = partsOf();
  const parts = planned.map((one) => filling.add(one));
  return [...parts, filling.end()].filter((part) => part !== undefined);
};

describe('the parts of an archive', () => {
  it('hold every submission once, in order, and never more than one may, but for a single one that is larger', () => {
    const bytes = fc.oneof(fc.nat(1_000_000), fc.integer({ min: MOST_BYTES / 4, max: 2 * MOST_BYTES }));
    fc.assert(
      fc.property(fc.array(bytes, { maxLength: 1_200 }), (sizes) => {
        const planned = sizes.map((size, place) => ({ submissionId: String(place), bytes: size }));
        const parts = divided(planned);
        expect(parts.flat()).toEqual(planned.map(({ submissionId }) => submissionId));
        for (const part of parts) {
          const total = part.reduce((sum, id) => sum + (sizes[Number(id)] ?? 0), 0);
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(MOST_SUBMISSIONS);
          if (part.length > 1) expect(total).toBeLessThanOrEqual(MOST_BYTES);
        }
      }),
      { numRuns: runsOf(200) },
    );
  });

  it('hold as many as one may, and as large, and begin anew with the next', () => {
    const small = Array.from({ length: MOST_SUBMISSIONS + 1 }, (_, place) => ({ submissionId: `${place}`, bytes: 1 }));
    expect(divided(small).map(({ length }) => length)).toEqual([MOST_SUBMISSIONS, 1]);
    const large = (submissionId: string, bytes: number) => ({ submissionId, bytes });
    expect(divided([large('a', MOST_BYTES - 1), large('b', 1), large('c', 1)])).toEqual([['a', 'b'], ['c']]);
    expect(divided([large('a', MOST_BYTES + 1), large('b', MOST_BYTES), large('c', 0)])).toEqual([['a'], ['b', 'c']]);
    expect(divided([large('a', 2), large('b', MOST_BYTES - 1), large('c', 2), large('d', 2)])).toEqual([
      ['a'],
      ['b'],
      ['c', 'd'],
    ]);
  });

  it('are none where there is nothing', () => {
    expect(divided([])).toEqual([]);
  });
});
