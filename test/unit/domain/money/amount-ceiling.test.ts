import { expect, test } from 'vitest';
import type { Amount } from '#shared/domain/call/amount.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';

test.each<[Amount, bigint]>([
  [{ kind: 'fixed', value: '0.5', unit: '万元' }, 500_000n],
  [{ kind: 'cap', max: '3000.5', unit: '元' }, 300_050n],
  [{ kind: 'range', min: '1', max: '2', unit: '万元' }, 2_000_000n],
])('the most that an award of %o can be is what the notice says, in 分', (amount, fen) => {
  expect(amountCeilingFen(amount)).toBe(fen);
});

test('an award that the notice leaves open has no ceiling', () => {
  expect(amountCeilingFen({ kind: 'undetermined' })).toBeUndefined();
  expect(amountCeilingFen(undefined)).toBeUndefined();
});
