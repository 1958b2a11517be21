import * as z from 'zod';
import type { Synthesized } from '../synthesized.ts';
import { SOURCES } from './metrics.ts';
import { namedBy } from './references.ts';

/** An alarm on one metric; one on an expression is not understood, and costs as many metrics as it looks at. */
export const Alarm = z.looseObject({
  AlarmDescription: z.string().regex(/^Who is hurt: .+ Look first: .+/),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })),
  Statistic: z.string().optional(),
  ExtendedStatistic: z.string().optional(),
  Period: z.number(),
  EvaluationPeriods: z.number(),
  DatapointsToAlarm: z.number(),
  Threshold: z.number(),
  ComparisonOperator: z.enum(['GreaterThanOrEqualToThreshold', 'LessThanThreshold']),
  TreatMissingData: z.string(),
  Metrics: z.undefined().optional(),
});
export type Alarm = z.output<typeof Alarm>;

const statisticOf = ({ Statistic, ExtendedStatistic }: Alarm): string => Statistic ?? ExtendedStatistic ?? '';

/** What an alarm looks at that nothing publishes, or that says nothing. None for one that can fire. */
export const faultsOf = (system: Synthesized, stack: string, alarm: Alarm): string[] => {
  const { Namespace, MetricName, Dimensions, Period, EvaluationPeriods, DatapointsToAlarm } = alarm;
  const source = SOURCES[Namespace];
  if (source === undefined) return [`no service publishes as ${Namespace}`];
  const faults: string[] = [];
  const statistics = source.metrics[MetricName];
  if (statistics === undefined) faults.push(`${Namespace} has no metric ${MetricName}`);
  else if (!statistics.includes(statisticOf(alarm))) faults.push(`${statisticOf(alarm)} of ${MetricName} says nothing`);
  const names = Dimensions.map(({ Name }) => Name).join();
  if (names !== source.dimension) faults.push(`${Namespace} does not publish by ${names}`);
  for (const { Name, Value } of Dimensions) {
    const named = namedBy(system, stack, Value);
    if (named?.type !== source.type || named.by !== source.by) faults.push(`${Name} names no ${source.type}`);
  }
  // Services publish each minute; CloudWatch looks back a day at most.
  if (Period < 60 || Period % 60 !== 0) faults.push(`nothing is published every ${Period} s`);
  if (DatapointsToAlarm > EvaluationPeriods || Period * EvaluationPeriods > 86_400) faults.push('it cannot be reached');
  return faults;
};

/** What is published in one period: a value for each event, none while nothing happens. */
export type Window = readonly number[];

const percentile = (values: Window, share: number): number =>
  values.toSorted((one, other) => one - other)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

const pointOf = (statistic: string, window: Window): number | undefined => {
  if (window.length === 0) return undefined;
  if (statistic === 'Sum') return window.reduce((sum, value) => sum + value, 0);
  if (statistic === 'Maximum') return Math.max(...window);
  if (/^p\d\d$/.test(statistic)) return percentile(window, Number(statistic.slice(1)) / 100);
  throw new Error(`The statistic ${statistic} is not understood.`);
};

/**
 * The state of an alarm after these periods, the latest last; before them all was silent.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/AlarmThatSendsEmail.html#alarms-and-missing-data
 */
export const stateAfter = (alarm: Alarm, windows: readonly Window[]): 'ALARM' | 'OK' => {
  const { EvaluationPeriods, DatapointsToAlarm, Threshold, ComparisonOperator, TreatMissingData } = alarm;
  const silence: Window[] = Array.from({ length: EvaluationPeriods }, () => []);
  const isBad = (window: Window): boolean => {
    const point = pointOf(statisticOf(alarm), window);
    if (point === undefined) return TreatMissingData === 'breaching';
    return ComparisonOperator === 'LessThanThreshold' ? point < Threshold : point >= Threshold;
  };
  const latest = [...silence, ...windows].slice(-EvaluationPeriods);
  return latest.filter(isBad).length >= DatapointsToAlarm ? 'ALARM' : 'OK';
};
