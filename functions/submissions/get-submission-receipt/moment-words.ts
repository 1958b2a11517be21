import type { Locale } from '#shared/http/locale.ts';

const LANGUAGES: Readonly<Record<Locale, string>> = { zh: 'zh-CN', en: 'en-GB' };
const MIDNIGHT = '00:00:00.000';

/**
 * An instant as its zone's calendar and clocks have it, to the millisecond: `2022年3月21日 10:18:20.466（中国标准时间，UTC+08:00）`.
 * @param asEnd of a deadline: midnight is the end of the day before, as notices have it: `3月31日 24:00`
 */
export const momentWords = (instant: string, timeZone: string, locale: Locale, asEnd = false): string => {
  const language = LANGUAGES[locale];
  const at = Date.parse(instant);
  const dateOf = (moment: number): string =>
    new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' }).format(moment);
  const zoneName = (timeZoneName: 'long' | 'longOffset'): string =>
    new Intl.DateTimeFormat(language, { timeZone, timeZoneName })
      .formatToParts(at)
      .find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }).format(at);
  const [date, time] = asEnd && clock === MIDNIGHT ? [dateOf(at - 1), '24:00'] : [dateOf(at), clock];
  const zone = [zoneName('long'), zoneName('longOffset').replace('GMT', 'UTC')];
  return locale === 'zh' ? `${date} ${time}（${zone.join('，')}）` : `${date}, ${time} (${zone.join(', ')})`;
};
