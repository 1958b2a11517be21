import type { Amount } from '#shared/domain/call/amount.ts';
import { parseDecimal } from './decimal.ts';

/** The most an award can be, in 分; undefined where the notice leaves it open. */
export const amountCeilingFen = (amount: Amount | undefined): bigint | undefined => {
  if (amount === undefined || amount.kind === 'undetermined') return undefined;
  return parseDecimal(amount.kind === 'fixed' ? amount.value : amount.max, amount.unit).fen;
};
