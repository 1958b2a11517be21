/** Units an amount is written in. Whatever the unit, amounts are compared and added as whole 分. */
export type MoneyUnit = '元' | '万元';

export type DecimalFault = 'NOT_A_DECIMAL' | 'TOO_PRECISE';

export type ParsedDecimal =
  | { readonly fen: bigint; readonly fault?: never }
  | { readonly fen?: never; readonly fault: DecimalFault };

/** Decimals that bring each unit down to the 分: 1 元 = 10² 分, 1 万元 = 10⁶ 分. */
export const MONEY_DECIMALS: Readonly<Record<MoneyUnit, number>> = { 元: 2, 万元: 6 };

/**
 * The amounts a unit takes, as a pattern for a published schema: no signs, exponents, separators, leading zeros, bare points; 15 integer digits at most
 * and no more decimals than reach the 分, even where they are zeros.
 */
export const decimalPattern = (unit: MoneyUnit): string =>
  `^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,${MONEY_DECIMALS[unit]}})?$`;

const DECIMAL: Readonly<Record<MoneyUnit, RegExp>> = {
  元: new RegExp(decimalPattern('元')),
  万元: new RegExp(decimalPattern('万元')),
};

const FINER_DECIMAL = /^(0|[1-9][0-9]{0,14})\.[0-9]+$/;

/** What keeps a text from being an amount in the unit, if anything does. */
export const decimalFault = (text: string, unit: MoneyUnit): DecimalFault | undefined => {
  if (DECIMAL[unit].test(text)) return undefined;
  return FINER_DECIMAL.test(text) ? 'TOO_PRECISE' : 'NOT_A_DECIMAL';
};

/** So many digits are a whole number that a float holds exactly: 10¹⁵ < 2⁵³. */
const EXACT_DIGITS = 15;

const DIGIT_ZERO = 48;

/** Sums nobody applies for need BigInt to read them; for all others adding their digits up is four times as fast. */
const readFen = (amount: string, unit: MoneyUnit): bigint => {
  const point = amount.indexOf('.');
  const missing = MONEY_DECIMALS[unit] - (point < 0 ? 0 : amount.length - point - 1);
  if (amount.length + missing > EXACT_DIGITS) return BigInt(amount.replace('.', '') + '0'.repeat(missing));
  let fen = 0;
  for (let index = 0; index < amount.length; index += 1) {
    if (index !== point) fen = fen * 10 + amount.charCodeAt(index) - DIGIT_ZERO;
  }
  // Faster than a power of 10, which is computed by logarithms.
  for (let left = missing; left > 0; left -= 1) fen *= 10;
  return BigInt(fen);
};

/** Reads an amount such as "0.5" exactly, or tells by `decimalFault` why it is none. */
export const parseDecimal = (text: string, unit: MoneyUnit): ParsedDecimal => {
  const fault = decimalFault(text, unit);
  return fault === undefined ? { fen: readFen(text, unit) } : { fault };
};

/** An amount without the zeros at its end: the one text it is kept and digested as. */
export const canonicalDecimal = (amount: string): string =>
  amount.endsWith('0') && amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;

/** Writes 分 (not negative) in a unit, in canonical form. */
export const formatDecimal = (fen: bigint, unit: MoneyUnit): string => {
  const digits = fen.toString().padStart(MONEY_DECIMALS[unit] + 1, '0');
  const whole = digits.slice(0, -MONEY_DECIMALS[unit]);
  return canonicalDecimal(`${whole}.${digits.slice(-MONEY_DECIMALS[unit])}`);
};
