import { describe, expect, it } from 'vitest';
import { type Amount, amountBounds, envelopeFen } from '#shared/domain/call/amount.ts';
import { UNBOUNDED } from '#shared/domain/money/bounds.ts';

describe('amountBounds', () => {
  it.each<[what: string, amount: Amount | undefined, bounds: object]>([
    ['a fixed one is itself', { kind: 'fixed', value: '1.5', unit: '元' }, { least: 150n, most: 150n }],
    ['one of at most so much may be nothing', { kind: 'cap', max: '2', unit: '万元' }, { least: 0n, most: 2_000_000n }],
    ['a range has both ends', { kind: 'range', min: '1', max: '2', unit: '元' }, { least: 100n, most: 200n }],
    ['a range of one amount', { kind: 'range', min: '2', max: '2', unit: '元' }, { least: 200n, most: 200n }],
    ['a range upside down bounds nothing', { kind: 'range', min: '3', max: '2', unit: '元' }, UNBOUNDED],
    ['nor does one without a least', { kind: 'range', min: '一', max: '2', unit: '元' }, UNBOUNDED],
    ['nor one without a most', { kind: 'range', min: '1', max: '二', unit: '元' }, UNBOUNDED],
    ['nor what is no amount', { kind: 'fixed', value: '一', unit: '元' }, UNBOUNDED],
    ['nor at most what is none', { kind: 'cap', max: '一', unit: '元' }, UNBOUNDED],
    ['nor what the notice leaves open', { kind: 'undetermined' }, UNBOUNDED],
    ['nor where it says nothing', undefined, UNBOUNDED],
  ])('%s', (_, amount, bounds) => {
    expect(amountBounds(amount)).toEqual(bounds);
  });
});

describe('envelopeFen', () => {
  it('is the total in 分, where there is one that can be read', () => {
    expect(envelopeFen({ total: '50', unit: '万元' })).toBe(50_000_000n);
    expect(envelopeFen({ total: '五十', unit: '万元' })).toBeUndefined();
    expect(envelopeFen(undefined)).toBeUndefined();
  });
});
