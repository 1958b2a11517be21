import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';
import { type Bounds, UNBOUNDED } from '#shared/domain/money/bounds.ts';
import { MONEY_DECIMALS, type MoneyUnit, parseDecimal } from '#shared/domain/money/decimal.ts';

const unit = z.enum(['元', '万元']);
/** 事前资助 is paid `before` the work, 以奖代补 and 奖补 `after` it. */
const payment = z.enum(['before', 'after']).optional();

/** 经费额度 per award. */
export const Amount = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('fixed'), value: z.string(), unit, payment }),
  z.strictObject({ kind: z.literal('cap'), max: z.string(), unit, payment }),
  z.strictObject({ kind: z.literal('range'), min: z.string(), max: z.string(), unit, payment }),
  z.strictObject({ kind: z.literal('undetermined'), note: z.string().max(200).optional(), payment }),
]);
export type Amount = z.output<typeof Amount>;

/** What all awards of a category, or of all categories below a group, may cost together (50万元, 5-10万元/个). */
export const Envelope = z.strictObject({ total: z.string(), unit, clause: z.string().max(200).optional() });
export type Envelope = z.output<typeof Envelope>;

const decimalFault = (text: string, moneyUnit: MoneyUnit, path: string): Fault[] => {
  const { fault } = parseDecimal(text, moneyUnit);
  if (fault === undefined) return [];
  return [{ path, code: fault, ...(fault === 'TOO_PRECISE' ? { params: { limit: MONEY_DECIMALS[moneyUnit] } } : {}) }];
};

export const amountFaults = (amount: Amount, path: string): Fault[] => {
  switch (amount.kind) {
    case 'fixed':
      return decimalFault(amount.value, amount.unit, at(path, 'value'));
    case 'cap':
      return decimalFault(amount.max, amount.unit, at(path, 'max'));
    case 'range': {
      const min = parseDecimal(amount.min, amount.unit);
      const max = parseDecimal(amount.max, amount.unit);
      if (min.fen !== undefined && max.fen !== undefined) {
        return min.fen > max.fen ? [{ path: at(path, 'min'), code: 'MINIMUM_ABOVE_MAXIMUM' }] : [];
      }
      return [
        ...decimalFault(amount.min, amount.unit, at(path, 'min')),
        ...decimalFault(amount.max, amount.unit, at(path, 'max')),
      ];
    }
    case 'undetermined':
      return [];
  }
};

export const envelopeFaults = (envelope: Envelope, path: string): Fault[] =>
  decimalFault(envelope.total, envelope.unit, at(path, 'total'));

/** What one award can be, in 分; anything where the notice leaves it open or what it says is faulty. */
export const amountBounds = (amount: Amount | undefined): Bounds => {
  if (amount === undefined || amount.kind === 'undetermined') return UNBOUNDED;
  const most = parseDecimal(amount.kind === 'fixed' ? amount.value : amount.max, amount.unit).fen;
  if (most === undefined) return UNBOUNDED;
  if (amount.kind === 'fixed') return { least: most, most };
  const least = amount.kind === 'range' ? parseDecimal(amount.min, amount.unit).fen : 0n;
  return least === undefined || least > most ? UNBOUNDED : { least, most };
};

export const envelopeFen = (envelope: Envelope | undefined): bigint | undefined =>
  envelope === undefined ? undefined : parseDecimal(envelope.total, envelope.unit).fen;
