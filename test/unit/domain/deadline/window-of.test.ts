import { describe, expect, it } from 'vitest';
import { isKnownZone, windowOf } from '#shared/domain/deadline/window-of.ts';

describe('windowOf', () => {
  it('reads a bare opening as the start and a bare deadline as the end of its day in the zone', () => {
    expect(windowOf({ opens: '2022-03-01', closes: '2022-03-31', timezone: 'Asia/Shanghai' })).toEqual({
      opensAt: '2022-02-28T16:00:00.000Z',
      closesAt: '2022-03-31T16:00:00.000Z',
      opensAtLocal: '2022-03-01T00:00:00.000+08:00',
      closesAtLocal: '2022-04-01T00:00:00.000+08:00',
      closesText: '2022年3月31日24:00（Asia/Shanghai）',
      timezone: 'Asia/Shanghai',
    });
  });

  it('takes an instant as it is, whatever offset it is written with', () => {
    const { closesAt, closesAtLocal, closesText } = windowOf({
      opens: '2022-03-01',
      closes: '2022-03-31T09:30:15Z',
      timezone: 'Asia/Shanghai',
    });
    expect([closesAt, closesAtLocal, closesText]).toEqual([
      '2022-03-31T09:30:15.000Z',
      '2022-03-31T17:30:15.000+08:00',
      '2022年3月31日17:30:15（Asia/Shanghai）',
    ]);
  });

  it.each([
    ['16:00', '16:00'],
    ['16:00:05', '16:00:05'],
    ['16:00:00.500', '16:00:00'],
  ])('tells a deadline at %s as %s: seconds only where there are some', (time, told) => {
    const closes = `2022-03-31T${time}+08:00`;
    const { closesText } = windowOf({ opens: '2022-03-01', closes, timezone: 'Asia/Shanghai' });
    expect(closesText).toBe(`2022年3月31日${told}（Asia/Shanghai）`);
  });

  it('says 24:00 of the day before for an instant at midnight', () => {
    const { closesText } = windowOf({
      opens: '2022-03-01',
      closes: '2023-01-01T00:00:00+08:00',
      timezone: 'Asia/Shanghai',
    });
    expect(closesText).toBe('2022年12月31日24:00（Asia/Shanghai）');
  });

  it.each([
    // 23-hour day: clocks went forward during it.
    ['Europe/Berlin', '2024-03-31', '2024-03-31T22:00:00.000Z'],
    // 25-hour day.
    ['Europe/Berlin', '2024-10-27', '2024-10-27T23:00:00.000Z'],
    // Midnight itself is skipped: the day after starts at 01:00.
    ['America/Sao_Paulo', '2018-11-03', '2018-11-04T03:00:00.000Z'],
    ['Africa/Cairo', '2024-04-25', '2024-04-25T22:00:00.000Z'],
    ['Asia/Kathmandu', '2024-04-25', '2024-04-25T18:15:00.000Z'],
    // The day after does not exist: the islands crossed the date line.
    ['Pacific/Apia', '2011-12-29', '2011-12-30T10:00:00.000Z'],
  ])('ends a day in %s when the next one begins (%s)', (timezone, closes, closesAt) => {
    expect(windowOf({ opens: '2010-01-01', closes, timezone }).closesAt).toBe(closesAt);
  });

  it('writes the zone as the database does', () => {
    expect(windowOf({ opens: '2022-03-01', closes: '2022-03-31', timezone: 'asia/shanghai' }).timezone).toBe(
      'Asia/Shanghai',
    );
  });
});

describe('isKnownZone', () => {
  it.each(['Asia/Shanghai', 'Asia/Urumqi', 'UTC', 'America/New_York'])('knows %s', (zone) => {
    expect(isKnownZone(zone)).toBe(true);
  });

  it.each([
    ...['Asia/Peking', '+08:00', 'GMT+8', '', 'Asia/Shanghai ', '__proto__'],
    '2022-03-01T00:00:00+08:00[Asia/Shanghai]',
  ])('does not know %j', (zone) => {
    expect(isKnownZone(zone)).toBe(false);
  });
});
