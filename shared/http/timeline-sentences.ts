import type { TimelineAction } from '#shared/contract/timeline.ts';
import { durationText } from './duration-text.ts';
import { fill } from './fill.ts';
import type { Locale } from './locale.ts';

type Sentence = Readonly<Record<Locale, string>>;

const HAPPENED: Readonly<Record<TimelineAction, Sentence>> = {
  published: { zh: '发布第 {version} 版', en: 'Version {version} was published' },
  unpublished: { zh: '收回发布', en: 'The publication was taken back' },
  'publication-restored': { zh: '恢复发布', en: 'The publication was put back' },
  opened: { zh: '开始申报', en: 'The call opened' },
  'closing-soon': { zh: '{whose}截止前 {before} 的提醒', en: 'Reminder {before} before the deadline {whose}' },
  extended: { zh: '{whose}延期至 {closesText}：{reason}', en: 'Deadline {whose} moved to {closesText}: {reason}' },
  'closed-early': {
    zh: '{whose}提前到 {closesText} 截止：{reason}',
    en: 'Deadline {whose} brought forward to {closesText}: {reason}',
  },
  closed: { zh: '{whose}截止', en: 'Deadline {whose} passed' },
  sealed: { zh: '第 {number} 次封存', en: 'Seal {number} was made' },
};

/** What there was when the call's own deadline passed. */
const COUNTED: Sentence = {
  zh: '：已提交 {submissions} 项，申报单位 {units} 个，未提交的草稿 {drafts} 份',
  en: ': {submissions} submissions of {units} units, {drafts} drafts left',
};

const AHEAD: Readonly<Record<'opens' | 'reminder' | 'closes' | 'seals', Sentence>> = {
  opens: { zh: '开始申报', en: 'The call opens' },
  reminder: { zh: '{whose}截止前 {before} 的提醒', en: 'Reminder {before} before the deadline {whose}' },
  closes: { zh: '{whose}截止', en: 'Deadline {whose}' },
  seals: { zh: '最后一个截止时间过后封存', en: 'Sealed after the last deadline' },
};

/** Whose deadline: of all, a category, a unit by its name, or a unit in a category. */
interface Whose {
  readonly category?: string | undefined;
  readonly unit?: string | undefined;
}

const whoseIn: Readonly<Record<Locale, (whose: Whose) => string>> = {
  zh: ({ category, unit }) =>
    [unit, category === undefined ? undefined : `类别 ${category} `].flatMap((part) => part ?? []).join(''),
  en: ({ category, unit }) =>
    unit === undefined && category === undefined
      ? 'for all'
      : `of ${[unit, category === undefined ? undefined : `category ${category}`].flatMap((part) => part ?? []).join(' in ')}`,
};

const texts = (details: Readonly<Record<string, unknown>>): Record<string, string | number> =>
  Object.fromEntries(
    Object.entries(details).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [],
    ),
  );

const beforeIn = (before: unknown, locale: Locale) =>
  typeof before === 'number' ? { before: durationText(before, locale) } : {};

/** What has happened, by what the history keeps of it. */
export const happenedText = (
  action: TimelineAction,
  details: Readonly<Record<string, unknown>>,
  whose: Whose,
  locale: Locale,
): string => {
  const params = { ...texts(details), ...beforeIn(details.before, locale), whose: whoseIn[locale](whose) };
  const counted = action === 'closed' && typeof details.submissions === 'number' ? COUNTED[locale] : '';
  return fill(HAPPENED[action][locale] + counted, params);
};

/** What is to come. `before`: of a reminder, ms. */
export const aheadText = (
  step: 'opens' | 'reminder' | 'closes' | 'seals',
  { before, ...whose }: Whose & { readonly before?: number | undefined },
  locale: Locale,
): string => fill(AHEAD[step][locale], { ...beforeIn(before, locale), whose: whoseIn[locale](whose) });
