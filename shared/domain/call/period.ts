import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';

const MONTH = /^[1-9][0-9]{3}-(0[1-9]|1[0-2])$/;

/** A day, or a month as a whole: from its first day, until its last. */
const DayOrMonth = z.union([z.iso.date(), z.string().regex(MONTH)]);

/**
 * 项目周期: days or months where they are given, the notice's words always. `agreement` names the agreement with a third party whose time goes before
 * (按协议书约定时间完成).
 */
export const Period = z.strictObject({
  from: DayOrMonth.optional(),
  until: DayOrMonth.optional(),
  agreement: z.string().min(1).max(100).optional(),
  text: z.string().min(1).max(300),
});
export type Period = z.output<typeof Period>;

const isMonth = (text: string): boolean => MONTH.test(text);

const lastDay = (month: string): string =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).toISOString().slice(0, 10);

/** The last day of a period, where one is given. */
export const lastDayOf = ({ until }: Pick<Period, 'until'>): string | undefined =>
  until !== undefined && isMonth(until) ? lastDay(until) : until;

export const periodFaults = (period: Period, path: string): Fault[] => {
  const { from } = period;
  const last = lastDayOf(period);
  if (from === undefined || last === undefined) return [];
  const first = isMonth(from) ? `${from}-01` : from;
  return last < first ? [{ path: at(path, 'until'), code: 'OUT_OF_ORDER', params: { after: 'from' } }] : [];
};
