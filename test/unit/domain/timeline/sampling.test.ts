import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueSample, nextSampleAt } from '#shared/domain/timeline/sampling.ts';
import { callHead } from '#test/support/calls.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const instant = (ms: number): string => new Date(ms).toISOString();

/** Every sample of a call that is ticked at these times. */
const samplesAt = (head: Parameters<typeof dueSample>[0], times: readonly number[]): string[] => {
  let sampledTo = head.sampledTo;
  return times.flatMap((now) => {
    const due = dueSample({ ...head, sampledTo }, now);
    sampledTo = due ?? sampledTo;
    return due ?? [];
  });
};

describe('samples of the progress', () => {
  const head = callHead({ opensAt: '2022-03-28T09:30:00.000Z', closesAt: '2022-03-31T16:00:00.000Z' });
  const opens = Date.parse(head.opensAt);
  const closes = Date.parse(head.closesAt);
  const everyMinute = Array.from({ length: (closes + DAY - opens + DAY) / MINUTE }, (_, n) => opens - DAY + n * MINUTE);

  it('are taken every full hour while the call is open, and every quarter in its last day', () => {
    const taken = samplesAt(head, everyMinute);
    expect(taken.slice(0, 2)).toEqual(['2022-03-28T10:00:00.000Z', '2022-03-28T11:00:00.000Z']);
    expect(taken.slice(-2)).toEqual(['2022-03-31T15:30:00.000Z', '2022-03-31T15:45:00.000Z']);
    // 54.5 hours before the last day.
    expect(taken).toHaveLength(54 + 96);
  });

  it('go on while a category or a unit may still submit', () => {
    const later = { ...head, lastClosesAt: instant(closes + 2 * DAY) };
    const taken = samplesAt(later, [
      ...everyMinute,
      ...Array.from({ length: 3 * 24 * 60 }, (_, n) => closes + DAY + n * MINUTE),
    ]);
    expect(taken).toHaveLength(54 + 48 + 96);
  });

  it('are none before it is published, and none for an instant that was sampled', () => {
    expect(nextSampleAt({ ...head, publishedVersion: undefined })).toBeUndefined();
    const at = '2022-03-29T10:00:00.000Z';
    expect(dueSample({ ...head, sampledTo: at }, Date.parse(at) + 59 * MINUTE)).toBeUndefined();
  });

  it('begin with the opening, and with the last day, where those are on the clock', () => {
    const onTheHour = { ...head, opensAt: '2022-03-28T09:00:00.000Z' };
    expect(nextSampleAt(onTheHour)).toBe(Date.parse('2022-03-28T09:00:00.000Z'));
    const quarter = { ...head, closesAt: '2022-03-31T16:15:00.000Z', sampledTo: '2022-03-30T16:00:00.000Z' };
    expect(nextSampleAt(quarter)).toBe(Date.parse('2022-03-30T16:15:00.000Z'));
  });

  it('end before the deadline, and with what the timeline has done of it', () => {
    const quarter = { ...head, closesAt: '2022-03-31T16:15:00.000Z', sampledTo: '2022-03-31T16:00:00.000Z' };
    expect(nextSampleAt(quarter)).toBeUndefined();
    const done = (advancedTo: string) => nextSampleAt({ ...head, advancedTo });
    expect(done(instant(closes))).toBeUndefined();
    expect(done(instant(closes - 1))).toBe(Date.parse('2022-03-28T10:00:00.000Z'));
  });

  it('are due from their instant on, and not with the deadline', () => {
    const first = Date.parse('2022-03-28T10:00:00.000Z');
    expect(dueSample(head, first - 1)).toBeUndefined();
    expect(dueSample(head, first)).toBe('2022-03-28T10:00:00.000Z');
    expect(dueSample(head, closes - 1)).toBe('2022-03-31T15:45:00.000Z');
    expect(dueSample(head, closes)).toBeUndefined();
  });

  it('however late the ticks are, are of the quarter they are counted in, each once, and none after the deadline', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -DAY, max: 5 * DAY }), { maxLength: 60 }), (offsets) => {
        const times = offsets.map((offset) => opens + offset).sort((one, other) => one - other);
        const taken = samplesAt(head, times);
        expect(new Set(taken).size).toBe(taken.length);
        for (const one of taken) {
          const at = times.find((time) => time - Date.parse(one) >= 0 && time - Date.parse(one) < 15 * MINUTE);
          expect(at).toBeDefined();
          expect(Date.parse(one)).toBeGreaterThanOrEqual(opens - 15 * MINUTE);
          expect(Date.parse(one)).toBeLessThan(closes);
        }
      }),
    );
  });
});
