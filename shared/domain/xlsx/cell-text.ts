import type { FaultCode } from '#shared/contract/problem.ts';
import type { NumberStyle } from './number-styles.ts';
import { notXlsx } from './refusals.ts';
import { unescaped } from './strings.ts';

/** A cell as its sheet writes it. */
export interface RawCell {
  readonly type: string;
  readonly style: string;
  readonly hasFormula: boolean;
  /** Undefined where there is none: a cell that is blank, or a formula nobody has worked out. */
  readonly value: string | undefined;
}

/** What cells refer to. */
export interface CellContext {
  readonly strings: readonly string[];
  readonly styles: readonly NumberStyle[];
  readonly from1904: boolean;
}

/** Text as it would be typed, or why it cannot be told. */
export type CellText = { readonly text: string } | { readonly fault: FaultCode };

const DAY_MS = 86_400_000;
const LAST_DAY = 2_958_465;

/** ISO of a day counted from 1900, in which Excel has a 29 February that never was (60), or from 1904; what no sheet can show as a day stays a number. */
const dayText = (days: number, from1904: boolean): string => {
  const whole = Math.floor(days);
  if (whole < (from1904 ? 0 : 1) || whole > LAST_DAY) return String(days);
  if (!from1904 && whole === 60) return '1900-02-29';
  const start = from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, whole < 60 ? 31 : 30);
  return new Date(start + whole * DAY_MS).toISOString().slice(0, 10);
};

/** A number keeps 15 digits: of a longer one, as a credit code is, the rest is lost for good. */
const MOST_EXACT = 1e15;

const numberText = (value: string, style: NumberStyle | undefined, from1904: boolean): CellText => {
  const number = Number(value);
  if (!Number.isFinite(number)) throw notXlsx();
  if (Math.abs(number) >= MOST_EXACT) return { fault: 'NUMBER_CUT' };
  if (style === 'day') return { text: dayText(number, from1904) };
  // 15 digits, as sheets show: binary fractions have tails.
  const text = Number.isInteger(number) ? String(number) : String(Number(number.toPrecision(15)));
  return { text: text.padStart(style?.digits ?? 1, '0') };
};

/**
 * What a cell says: numbers and days in the form a person would type, whatever form the sheet shows them in.
 *
 * @throws InvalidRequest for what no program writes into a cell
 */
export const cellText = (cell: RawCell, { strings, styles, from1904 }: CellContext): CellText => {
  const { type, value } = cell;
  if (type === 'e' || (cell.hasFormula && value === undefined)) return { fault: 'CELL_ERROR' };
  if (value === undefined || value === '') return { text: '' };
  switch (type) {
    case 's': {
      const text = /^\d+$/.test(value) ? strings[Number(value)] : undefined;
      if (text === undefined) throw notXlsx();
      return { text };
    }
    case 'str':
    case 'inlineStr':
      return { text: unescaped(value) };
    case 'b':
      return { text: value === '1' ? 'TRUE' : 'FALSE' };
    case 'd':
      return { text: value.replace(/T.*/, '') };
    case 'n':
      return numberText(value, styles[Number(cell.style)], from1904);
    default:
      throw notXlsx();
  }
};
