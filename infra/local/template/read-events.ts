import * as z from 'zod';
import type { EventPattern } from '../events/event-pattern.ts';
import type { LocalRule, LocalSchedule } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import { functionName } from './read-function.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const UNIT_SECONDS = { minute: 60, hour: 3_600, day: 86_400 } as const;

const Rate = z
  .string()
  .regex(/^rate\(\d+ (minute|hour|day)s?\)$/, 'the local machine understands rate(…) alone')
  .transform((expression) => {
    const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
    return Number(count) * UNIT_SECONDS[unit === 'hour' || unit === 'day' ? unit : 'minute'];
  });

const ScheduleProperties = z.object({
  ScheduleExpression: Rate,
  State: z.literal('ENABLED').default('ENABLED'),
  Target: z.object({ Arn: z.string(), Input: z.string().optional() }),
});

/** A schedule of EventBridge Scheduler that invokes a function. */
export const readSchedule = (resource: ResolvedResource): LocalSchedule => {
  const { ScheduleExpression, Target } = parseProperties(resource, ScheduleProperties);
  return {
    name: resource.logicalId,
    periodSeconds: ScheduleExpression,
    functionName: functionName(Target.Arn),
    ...(Target.Input === undefined ? {} : { input: Target.Input }),
  };
};

const Match = z.union([z.string(), z.strictObject({ prefix: z.string() }), z.strictObject({ suffix: z.string() })]);

/** What an event has to match. */
export const Pattern: z.ZodType<EventPattern> = z.record(z.string(), z.union([z.array(Match), z.lazy(() => Pattern)]));

const RuleProperties = z.object({
  EventPattern: Pattern,
  State: z.literal('ENABLED').default('ENABLED'),
  ScheduleExpression: z.never('schedules are read from AWS::Scheduler::Schedule').optional(),
  Targets: z.array(
    z.object({
      Arn: z.string(),
      Input: z.never('targets get the event as it is').optional(),
      InputPath: z.never('targets get the event as it is').optional(),
      InputTransformer: z.never('targets get the event as it is').optional(),
    }),
  ),
});

/** A rule on the default event bus that invokes functions. */
export const readRule = (resource: ResolvedResource): LocalRule => {
  const { EventPattern, Targets } = parseProperties(resource, RuleProperties);
  return {
    name: resource.logicalId,
    pattern: EventPattern,
    functionNames: Targets.map(({ Arn }) => functionName(Arn)),
  };
};
