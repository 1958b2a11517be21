import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';

/** By a day, or within a time after something has happened (论坛结束后1周内). */
const Due = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('date'), on: z.iso.date() }),
  z.strictObject({
    kind: z.literal('within'),
    count: z.int().min(1).max(100),
    unit: z.enum(['day', 'week', 'month', 'year']),
    after: z.string().min(1).max(100),
  }),
]);

/** What an awarded unit owes the organiser, and when. `report`: the report on the finished project, whose absence bears on later calls. */
export const Obligation = z.strictObject({
  text: z.string().min(1).max(500),
  report: z.boolean().default(false),
  due: Due.optional(),
  clause: z.string().max(200).optional(),
});
export type Obligation = z.output<typeof Obligation>;

/** Reports due on a day before the last of the projects they are on has to end. `lastDays`: of their periods, as far as known. */
export const earlyReports = (
  obligations: readonly Obligation[],
  lastDays: readonly string[],
  path: string,
): Fault[] => {
  const until = lastDays.toSorted().at(-1);
  if (until === undefined) return [];
  return obligations.flatMap(({ report, due }, index): Fault[] =>
    report && due?.kind === 'date' && due.on < until
      ? [{ path: at(path, index, 'due', 'on'), code: 'DUE_BEFORE_PERIOD_ENDS', params: { until } }]
      : [],
  );
};
