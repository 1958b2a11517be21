import * as z from 'zod';
import { at, type Fault } from '#shared/domain/fault.ts';
import { duplicates } from './duplicates.ts';
import { UnitKind } from './unit-kind.ts';

const figures = { min: z.int().min(0).optional(), max: z.int().min(0).optional() };
const unit = z.string().min(1).max(20).optional();

const described = {
  title: z.string().min(1).max(200),
  /** 一般……, 鼓励……: wished for, not demanded. */
  soft: z.boolean().default(false),
  /** Only for those who chose this goal. */
  goal: z.string().min(1).max(60).optional(),
  clause: z.string().max(200).optional(),
};

/** 指标: a figure the project has to reach or keep to (不少于100人次, 不超过连续3天). Both ends are included. */
export const Indicator = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bound'), ...described, ...figures, unit }),
  /** 市级学会、高校科协应分别……10人、50人以上. */
  z.strictObject({
    kind: z.literal('byApplicant'),
    ...described,
    unit,
    of: z
      .array(z.strictObject({ applicants: z.array(UnitKind).min(1).max(30), ...figures }))
      .min(1)
      .max(30),
  }),
  /** 1场（次、处、套）以上: any one of them is enough. */
  z.strictObject({
    kind: z.literal('oneOf'),
    ...described,
    of: z
      .array(z.strictObject({ title: z.string().min(1).max(200), ...figures, unit }))
      .min(2)
      .max(30),
  }),
]);
export type Indicator = z.output<typeof Indicator>;

const figureFaults = ({ min, max }: { min?: number | undefined; max?: number | undefined }, path: string): Fault[] => {
  if (min === undefined && max === undefined) return [{ path: at(path, 'min'), code: 'REQUIRED' }];
  return min !== undefined && max !== undefined && min > max
    ? [{ path: at(path, 'min'), code: 'MINIMUM_ABOVE_MAXIMUM' }]
    : [];
};

const kindFaults = (indicator: Indicator, applicants: ReadonlySet<string>, path: string): Fault[] => {
  if (indicator.kind === 'bound') return figureFaults(indicator, path);
  const figured = indicator.of.flatMap((each, index) => figureFaults(each, at(path, 'of', index)));
  if (indicator.kind === 'oneOf') return figured;
  const kinds = indicator.of.flatMap((each, index) =>
    each.applicants.map((key, place) => ({ path: at(path, 'of', index, 'applicants', place), key })),
  );
  const unknown = kinds.flatMap(({ path: where, key }): Fault[] =>
    applicants.has(key) ? [] : [{ path: where, code: 'UNKNOWN_APPLICANT', params: { applicant: key } }],
  );
  return [...figured, ...duplicates(kinds), ...unknown];
};

export const indicatorFaults = (
  indicators: readonly Indicator[],
  { applicants, goals }: { applicants: ReadonlySet<string>; goals: ReadonlySet<string> },
  path: string,
): Fault[] =>
  indicators.flatMap((indicator, index): Fault[] => [
    ...kindFaults(indicator, applicants, at(path, index)),
    ...(indicator.goal === undefined || goals.has(indicator.goal)
      ? []
      : [{ path: at(path, index, 'goal'), code: 'UNKNOWN_GOAL' as const }]),
  ]);
