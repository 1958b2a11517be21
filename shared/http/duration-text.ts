import type { Locale } from './locale.ts';

const UNITS = [
  { ms: 24 * 60 * 60_000, zh: '天', en: 'd' },
  { ms: 60 * 60_000, zh: '小时', en: 'h' },
  { ms: 60_000, zh: '分', en: 'min' },
  { ms: 1_000, zh: '秒', en: 's' },
  { ms: 1, zh: '毫秒', en: 'ms' },
] as const;

/** A duration in ms as people say it, by its two largest units: 3分12秒, 2 d 4 h. Below a second, milliseconds. */
export const durationText = (duration: number, locale: Locale): string => {
  const from = UNITS.findIndex(({ ms }) => duration >= ms);
  const [first, second] = UNITS.slice(from === -1 ? UNITS.length - 1 : from);
  if (first === undefined) throw new Error('There is a smallest unit');
  const count = Math.floor(duration / first.ms);
  const rest = second === undefined || second.ms === 1 ? 0 : Math.floor((duration - count * first.ms) / second.ms);
  const parts = [
    { count, unit: first },
    ...(second === undefined || rest === 0 ? [] : [{ count: rest, unit: second }]),
  ];
  return parts
    .map(({ count: number, unit }) => (locale === 'zh' ? `${number}${unit.zh}` : `${number} ${unit.en}`))
    .join(locale === 'zh' ? '' : ' ');
};
