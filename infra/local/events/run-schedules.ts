import { randomUUID } from 'node:crypto';
import type { LocalSchedule } from '../template/local-model.ts';
import type { LocalAccount } from '../template/physical-names.ts';
import type { Delivery } from './delivery.ts';

// https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-schedule-context-attributes.html
const fillIn = (input: string, time: string): string =>
  input
    .replaceAll('<aws.scheduler.scheduled-time>', time)
    .replaceAll('<aws.scheduler.execution-id>', randomUUID())
    .replaceAll('<aws.scheduler.attempt-number>', '1');

const scheduledEvent = ({ name, input }: LocalSchedule, { region, accountId }: LocalAccount): unknown => {
  const time = new Date().toISOString().replace(/\.\d{3}Z$/, 'Z');
  if (input !== undefined) return JSON.parse(fillIn(input, time));
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time,
    region,
    resources: [`arn:aws:scheduler:${region}:${accountId}:schedule/default/${name}`],
    detail: '{}',
  };
};

/**
 * Fires each schedule at its period.
 * @param tickSeconds how long a minute of the template takes on this machine
 * @returns stops them
 */
export const runSchedules = (
  schedules: readonly LocalSchedule[],
  { deliver }: Delivery,
  account: LocalAccount,
  tickSeconds: number,
): (() => void) => {
  const timers = schedules.map((schedule) =>
    setInterval(
      () => void deliver(schedule.functionName, scheduledEvent(schedule, account)),
      (schedule.periodSeconds / 60) * tickSeconds * 1_000,
    ),
  );
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
};
