import type * as z from 'zod';
import type { Submission } from '#shared/contract/submissions.ts';
import type { Aspect, Change, DraftChanges, DraftEffect, Flag, Shown, Thing } from '#shared/domain/changes/change.ts';
import { ASPECTS, FLAGS, REQUIRED, type Sentence, THINGS, WORDS } from './change-words.ts';
import { fill } from './fill.ts';
import type { Locale } from './locale.ts';
import { faultText } from './messages.ts';

/** Characters of a definition's own words that are told in a sentence: enough to recognise them. */
const TOLD = 60;

const cut = (text: string): string => {
  const characters = [...text];
  return characters.length > TOLD ? `${characters.slice(0, TOLD).join('')}…` : text;
};

const QUOTED: Readonly<Record<Locale, (text: string) => string>> = {
  zh: (text) => `“${cut(text)}”`,
  en: (text) => `"${cut(text)}"`,
};

const LIST: Readonly<Record<Locale, string>> = { zh: '、', en: ', ' };
const ALTERNATIVES: Readonly<Record<Locale, string>> = { zh: '或', en: ' or ' };
const YES_NO: Readonly<Record<'true' | 'false', Sentence>> = {
  true: { zh: '是', en: 'yes' },
  false: { zh: '否', en: 'no' },
};

const TIMES: Readonly<Record<'day' | 'week' | 'month' | 'year', Sentence>> = {
  day: { zh: '日', en: 'days' },
  week: { zh: '周', en: 'weeks' },
  month: { zh: '个月', en: 'months' },
  year: { zh: '年', en: 'years' },
};

const boundsText = (
  {
    least,
    most,
    soft,
  }: { least?: string | number | undefined; most?: string | number | undefined; soft?: boolean | undefined },
  locale: Locale,
): string => {
  if (least !== undefined && most !== undefined) return locale === 'zh' ? `${least}至${most}` : `${least} to ${most}`;
  if (least !== undefined) return locale === 'zh' ? `不少于${least}` : `at least ${least}`;
  if (soft === true) return locale === 'zh' ? `一般不超过${most}` : `usually at most ${most}`;
  return locale === 'zh' ? `不超过${most}` : `at most ${most}`;
};

const KB = 1024;
const sizeText = (bytes: number): string => {
  if (bytes % (KB * KB) === 0) return `${bytes / (KB * KB)}MB`;
  return bytes % KB === 0 ? `${bytes / KB}KB` : `${bytes}B`;
};

const shownText = (shown: Shown, locale: Locale): string => {
  const quoted = QUOTED[locale];
  if (typeof shown === 'string') return quoted(shown);
  if (typeof shown === 'number') return String(shown);
  if (typeof shown === 'boolean') return YES_NO[`${shown}`][locale];
  if ('word' in shown) return quoted(WORDS[shown.word][locale]);
  if ('list' in shown) return quoted(shown.list.join(LIST[locale]));
  if ('bytes' in shown) return sizeText(shown.bytes);
  if ('field' in shown) {
    const values = shown.in.map((value) => quoted(typeof value === 'boolean' ? YES_NO[`${value}`][locale] : value));
    const any = cut(values.join(ALTERNATIVES[locale]));
    return locale === 'zh' ? `${quoted(shown.field)}为${any}` : `${quoted(shown.field)} is ${any}`;
  }
  if ('time' in shown) {
    const { count, time, event } = shown;
    const unit = TIMES[time][locale];
    return locale === 'zh' ? `${quoted(event)}后${count}${unit}内` : `within ${count} ${unit} after ${quoted(event)}`;
  }
  return `${boundsText(shown, locale)}${shown.unit ?? ''}`;
};

/** What there is one of needs no name; a field is known by its label alone. */
const subjectText = ({ thing, name, of }: Change, locale: Locale): string => {
  const quoted = QUOTED[locale];
  const word = THINGS[thing][locale];
  if (name === undefined) return word;
  if (thing === 'field') return quoted(name);
  if (of !== undefined)
    return locale === 'zh' ? `${quoted(of)}的${word}${quoted(name)}` : `the ${word} ${quoted(name)} of ${quoted(of)}`;
  return locale === 'zh' ? `${word}${quoted(name)}` : `the ${word} ${quoted(name)}`;
};

const isFlag = (aspect: Aspect): aspect is Flag => Object.hasOwn(FLAGS, aspect);

/** Things known by whole sentences: these follow a colon, for they have quotation marks of their own. */
const SAID: ReadonlySet<Thing> = new Set(['condition', 'deliverable', 'obligation', 'guidance', 'statement', 'rule']);

const wholeText = ({ thing, name = '', of, kind, required }: Change, locale: Locale): string => {
  const quoted = QUOTED[locale];
  const word = (
    kind === 'removed' || required === undefined ? THINGS[thing] : (REQUIRED[thing]?.[`${required}`] ?? THINGS[thing])
  )[locale];
  const verb = kind === 'removed' ? { zh: '删除了', en: 'Removed' } : { zh: '新增', en: 'New' };
  if (SAID.has(thing)) {
    const said = cut(name).replace(/[。.]$/, '');
    return locale === 'zh' ? `${verb.zh}${word}：${said}。` : `${verb.en} ${word}: ${said}.`;
  }
  if (locale === 'zh') return `${of === undefined ? '' : quoted(of)}${verb.zh}${word}${quoted(name)}。`;
  return `${verb.en} ${word} ${quoted(name)}${of === undefined ? '' : ` of ${quoted(of)}`}.`;
};

const renamedText = (change: Change, locale: Locale): string => {
  const to = change.to === undefined ? '—' : shownText(change.to, locale);
  return locale === 'zh'
    ? `${subjectText(change, locale)}改名为${to}。`
    : `${subjectText(change, locale)} is called ${to} now.`;
};

const aspectText = (change: Change, aspect: Exclude<Aspect, Flag>, locale: Locale): string => {
  const subject = subjectText(change, locale);
  const word = ASPECTS[aspect][locale];
  const [from, to] = [change.from, change.to].map((shown) =>
    shown === undefined ? undefined : shownText(shown, locale),
  );
  switch (change.kind) {
    case 'added':
      if (locale === 'zh') return `${subject}新增${word}${to === undefined ? '' : `：${to}`}。`;
      return `${subject} has a ${word} now${to === undefined ? '' : `: ${to}`}.`;
    case 'removed':
      if (locale === 'zh') return `${subject}不再有${word}${from === undefined ? '' : `（原为${from}）`}。`;
      return `${subject} no longer has a ${word}${from === undefined ? '' : ` (it was ${from})`}.`;
    case 'changed':
      if (from === undefined || to === undefined || from === to)
        return locale === 'zh' ? `${subject}的${word}有改动。` : `The ${word} of ${subject} changed.`;
      return locale === 'zh'
        ? `${subject}的${word}由 ${from} 改为 ${to}。`
        : `The ${word} of ${subject} changed from ${from} to ${to}.`;
  }
};

/** A sentence begins with a capital where the language has them. */
const asSentence = (text: string): string => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** One change in a sentence that a secretary can act on. */
export const changeText = (change: Change, locale: Locale): string => {
  const { aspect, to } = change;
  if (aspect === undefined) return wholeText(change, locale);
  if (aspect === 'name' && change.kind === 'changed') return asSentence(renamedText(change, locale));
  if (!isFlag(aspect)) return asSentence(aspectText(change, aspect, locale));
  const flag = FLAGS[aspect][to === true ? 'true' : 'false'][locale];
  return asSentence(
    locale === 'zh' ? `${subjectText(change, locale)}${flag}。` : `${subjectText(change, locale)} ${flag}.`,
  );
};

const EFFECTS: Readonly<Record<DraftEffect['effect'], Sentence>> = {
  unneededAnswer: {
    zh: '您填写的{name}不再需要，保存时请去掉。',
    en: 'Your answer to {name} is no longer asked for: leave it out when you save.',
  },
  hiddenAnswer: {
    zh: '您填写的{name}不再需要，保存后会去掉。',
    en: 'Your answer to {name} is no longer asked for and goes with the next save.',
  },
  misfitAnswer: { zh: '您填写的{name}不再符合要求：{why}', en: 'Your answer to {name} no longer fits: {why}' },
  unneededFile: {
    zh: '您上传的{name}不再需要，提交前请删除。',
    en: 'Your file for {name} is no longer asked for: remove it before you submit.',
  },
  misfitFile: { zh: '您上传的{name}不再符合要求：{why}', en: 'Your file for {name} no longer fits: {why}' },
};

/** What becomes of an answer or a file of the draft. */
const effectText = ({ effect, name, fault }: DraftEffect, locale: Locale): string => {
  const { label: _label, ...params } = fault?.params ?? {};
  const why = fault === undefined ? '' : faultText(fault.code, params, locale);
  return fill(EFFECTS[effect][locale], { name: QUOTED[locale](name), why });
};

const MORE: Readonly<Record<Locale, (count: number) => string>> = {
  zh: (count) => `另有 ${count} 处改动没有列出，请查看新版本的申报书。`,
  en: (count) => `${count} more changes are not listed: read the form of the new version.`,
};

/** The changes a draft is told, in the reader's language: what concerns its own answers and files first. */
export const presentChanges = (
  { from, to, effects, changes, more }: DraftChanges,
  locale: Locale,
): NonNullable<z.input<typeof Submission>['changes']> => ({
  from,
  to,
  changes: [
    ...effects.map((effect) => ({ path: effect.path, kind: effect.kind, text: effectText(effect, locale) })),
    ...changes.map((change) => ({ path: change.path, kind: change.kind, text: changeText(change, locale) })),
    ...(more === 0 ? [] : [{ path: '', kind: 'changed' as const, text: MORE[locale](more) }]),
  ],
});
