/** Units an amount is written in. Whatever the unit, amounts are compared and added as whole 分. */
export type MoneyUnit = '元' | '万元';

export type ParsedDecimal =
  | { readonly fen: bigint; readonly fault?: never }
  | { readonly fen?: never; readonly fault: 'NOT_A_DECIMAL' | 'TOO_PRECISE' };

/** Decimals that bring each unit down to the 分: 1 元 = 10² 分, 1 万元 = 10⁶ 分. */
export const MONEY_DECIMALS: Readonly<Record<MoneyUnit, number>> = { 元: 2, 万元: 6 };

const DECIMAL = /^(0|[1-9][0-9]{0,14})(?:\.([0-9]+))?$/;

/** The same language as `parseDecimal`, as a pattern for a published schema. */
export const decimalPattern = (unit: MoneyUnit): string =>
  `^(0|[1-9][0-9]{0,14})(\\.[0-9]{1,${MONEY_DECIMALS[unit]}})?$`;

/**
 * Reads an amount such as "0.5" exactly. Refused: signs, exponents, separators, leading zeros, a bare point, more than 15 integer digits
 * (`NOT_A_DECIMAL`), and more decimals than reach the 分 (`TOO_PRECISE`), even where they are zeros.
 */
export const parseDecimal = (text: string, unit: MoneyUnit): ParsedDecimal => {
  const match = DECIMAL.exec(text);
  const whole = match?.[1];
  if (whole === undefined) return { fault: 'NOT_A_DECIMAL' };
  const decimals = match?.[2] ?? '';
  if (decimals.length > MONEY_DECIMALS[unit]) return { fault: 'TOO_PRECISE' };
  return { fen: BigInt(whole + decimals.padEnd(MONEY_DECIMALS[unit], '0')) };
};

/** Writes 分 (not negative) in a unit, without trailing zeros: the one text an amount is kept and digested as. */
export const formatDecimal = (fen: bigint, unit: MoneyUnit): string => {
  const digits = fen.toString().padStart(MONEY_DECIMALS[unit] + 1, '0');
  const whole = digits.slice(0, -MONEY_DECIMALS[unit]);
  const decimals = digits.slice(-MONEY_DECIMALS[unit]).replace(/0+$/, '');
  return decimals === '' ? whole : `${whole}.${decimals}`;
};
