import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answerCell } from '#shared/domain/export/answer-cell.ts';
import { ScalarField } from '#shared/domain/form/definition.ts';

const field = (rest: Record<string, unknown>): ScalarField => ScalarField.parse({ key: 'a', label: '甲', ...rest });
const money = field({ type: 'money', unit: '万元' });
const text = field({ type: 'text', maxLength: 60 });

describe('a cell', () => {
  it.each([
    ['13800000000', '13800000000'],
    ['0736', '0736'],
    ['91430700MB0000000X', '91430700MB0000000X'],
    ['1e5', '1e5'],
  ])('keeps the text %s as it is', (answer, shown) => {
    expect(answerCell(text, answer)).toBe(shown);
  });

  it('is a number for an amount that spreadsheets keep exactly, and text for a longer one', () => {
    expect(answerCell(money, '0.5')).toBe(0.5);
    expect(answerCell(money, '123456789012345.67')).toBe('123456789012345.67');
  });

  it('is a number of 15 digits at most, however many of them are decimals', () => {
    expect(answerCell(money, '123456789.012345')).toBe(123456789.012345);
    expect(answerCell(money, '1234567890.123456')).toBe('1234567890.123456');
    expect(answerCell(money, '999999999999999')).toBe(999999999999999);
    expect(answerCell(money, '1000000000000000')).toBe('1000000000000000');
    expect(answerCell(field({ type: 'integer' }), -5)).toBe(-5);
    expect(answerCell(field({ type: 'integer' }), 1234567890123456)).toBe('1234567890123456');
  });

  it('shows what is no answer of a cell as it is written', () => {
    expect(answerCell(text, [{ a: 1 }])).toBe('{"a":1}');
  });

  it('gives every amount back as it was', () => {
    const amounts = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 999_999 }))
      .map(([whole, decimals]) => (decimals === 0 ? `${whole}` : `${whole}.${decimals}`.replace(/0+$/, '')));
    fc.assert(
      fc.property(amounts, (amount) => {
        expect(String(answerCell(money, amount))).toBe(amount);
      }),
    );
  });

  it('speaks in the words of the form', () => {
    const options = [
      { value: 'a', label: '农业' },
      { value: 'b', label: '医学' },
    ];
    expect(answerCell(field({ type: 'choice', options }), 'b')).toBe('医学');
    expect(answerCell(field({ type: 'choices', options }), ['a', 'b', 'gone'])).toBe('农业；医学；gone');
    expect(answerCell(field({ type: 'boolean' }), false)).toBe('否');
    expect(answerCell(field({ type: 'boolean' }), true)).toBe('是');
    expect(answerCell(field({ type: 'choice', options }), 'gone')).toBe('gone');
    expect(answerCell(text, undefined)).toBeUndefined();
  });
});
