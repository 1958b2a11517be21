import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalDecimal,
  decimalPattern,
  formatDecimal,
  MONEY_DECIMALS,
  type MoneyUnit,
  parseDecimal,
} from '#shared/domain/money/decimal.ts';
import { runsOf } from '#test/support/property-runs.ts';

const unit = fc.constantFrom<MoneyUnit>('元', '万元');

describe('parseDecimal', () => {
  it.each([
    ['0', '元', 0n],
    ['0.5', '万元', 500_000n],
    ['1.05', '元', 105n],
    ['1.50', '元', 150n],
    ['0.000001', '万元', 1n],
    ['999999999999999.99', '元', 99_999_999_999_999_999n],
    ['999999999999999.999999', '万元', 999_999_999_999_999_999_999n],
  ] as const)('reads %s %s exactly as 分', (text, of, fen) => {
    expect(parseDecimal(text, of)).toEqual({ fen });
  });

  it.each([
    '',
    ' 1',
    '1 ',
    '+1',
    '-1',
    '1e3',
    '01',
    '00',
    '.5',
    '5.',
    '1,000',
    '１',
    '0x1',
    'NaN',
    '1.2.3',
    '1\n',
    '1000000000000000',
  ])('refuses %j as no decimal', (text) => {
    expect(parseDecimal(text, '元')).toEqual({ fault: 'NOT_A_DECIMAL' });
  });

  it.each([
    ['0.001', '元'],
    ['1.000', '元'],
    ['0.0000001', '万元'],
  ] as const)('tells that %s %s is finer than the 分', (text, of) => {
    expect(parseDecimal(text, of)).toEqual({ fault: 'TOO_PRECISE' });
  });

  it('gives back every number of 分 that was written', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 17n - 1n), unit, (fen, of) => {
        expect(parseDecimal(formatDecimal(fen, of), of)).toEqual({ fen });
      }),
    );
  });

  it('agrees with whole-number arithmetic on every way to write an amount', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat({ max: 99 }), (yuan, cents) => {
        const text = `${yuan}.${String(cents).padStart(2, '0')}`;
        expect(parseDecimal(text, '元')).toEqual({ fen: BigInt(yuan) * 100n + BigInt(cents) });
        expect(parseDecimal(text, '万元')).toEqual({ fen: (BigInt(yuan) * 100n + BigInt(cents)) * 10_000n });
      }),
    );
  });

  it('writes one text for one amount, however often it is read again', () => {
    fc.assert(
      fc.property(fc.nat(), fc.stringMatching(/^[0-9]{1,6}$/), (whole, decimals) => {
        const { fen } = parseDecimal(`${whole}.${decimals}`, '万元');
        const text = formatDecimal(fen ?? -1n, '万元');
        expect(text).toMatch(/^(0|[1-9][0-9]*)(\.[0-9]*[1-9])?$/);
        expect(formatDecimal(parseDecimal(text, '万元').fen ?? -1n, '万元')).toBe(text);
      }),
    );
  });

  it('reads digits as whole numbers do, however many there are, and drops the zeros at the end as writing does', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?$/), (text) => {
        const [whole = '', decimals = ''] = text.split('.');
        const fen = BigInt(whole) * 1_000_000n + BigInt(decimals.padEnd(6, '0'));
        expect(parseDecimal(text, '万元')).toEqual({ fen });
        expect(canonicalDecimal(text)).toBe(formatDecimal(fen, '万元'));
      }),
      { numRuns: runsOf(1_000) },
    );
  });

  it('is told by its published pattern', () => {
    const texts = fc.oneof(fc.string(), fc.stringMatching(/^-?[0-9]{1,17}(\.[0-9]{0,8})?$/));
    fc.assert(
      fc.property(texts, unit, (text, of) => {
        expect(new RegExp(decimalPattern(of), 'u').test(text)).toBe(parseDecimal(text, of).fen !== undefined);
      }),
    );
  });

  it('never fails, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), unit, (text, of) => {
        const { fen, fault } = parseDecimal(text, of);
        expect((fen === undefined) !== (fault === undefined)).toBe(true);
      }),
    );
  });

  it('brings both units to the same 分', () => {
    expect(10n ** BigInt(MONEY_DECIMALS.万元 - MONEY_DECIMALS.元)).toBe(10_000n);
    expect(parseDecimal('2', '万元')).toEqual(parseDecimal('20000', '元'));
  });
});
