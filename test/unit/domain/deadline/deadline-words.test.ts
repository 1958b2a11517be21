import { expect, test } from 'vitest';
import { deadlineWords } from '#shared/domain/deadline/deadline-words.ts';

test.each([
  ['2022-01-31T08:00:00.000Z', '2022年1月31日 16:00（Asia/Shanghai）', '16:00 on 31 January 2022 (Asia/Shanghai)'],
  [
    '2022-02-28T01:05:09.000Z',
    '2022年2月28日 09:05:09（Asia/Shanghai）',
    '09:05:09 on 28 February 2022 (Asia/Shanghai)',
  ],
  ['2022-12-31T16:00:00.000Z', '2022年12月31日 24:00（Asia/Shanghai）', '24:00 on 31 December 2022 (Asia/Shanghai)'],
  ['2022-12-31T16:00:01.000Z', '2023年1月1日 00:00:01（Asia/Shanghai）', '00:00:01 on 1 January 2023 (Asia/Shanghai)'],
])('the deadline %s is told as people write it, the end of a day as 24:00', (closesAt, zh, en) => {
  expect(deadlineWords(closesAt, 'Asia/Shanghai')).toStrictEqual({ zh, en });
});

test('a deadline is told by the clock of its zone, also on the night that summer time begins', () => {
  expect(deadlineWords('2024-04-25T22:00:00.000Z', 'Africa/Cairo').en).toBe('01:00 on 26 April 2024 (Africa/Cairo)');
  expect(deadlineWords('2024-10-27T23:00:00.000Z', 'Europe/Berlin').zh).toBe('2024年10月27日 24:00（Europe/Berlin）');
});

test.each([
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
])('%s has its name', (name) => {
  const deadline = new Date(`15 ${name} 2022 12:00 UTC`).toISOString();
  expect(deadlineWords(deadline, 'UTC').en).toBe(`12:00 on 15 ${name} 2022 (UTC)`);
});
