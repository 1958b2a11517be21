import { SENTENCE_CODES, type Sentence, type SentenceCode } from '#shared/domain/sentence.ts';
import { fill } from './fill.ts';
import type { Locale } from './locale.ts';

/** What is said of rules and of what they come to for a unit. `{name}` stands for a parameter. */
const SENTENCES: Readonly<Record<SentenceCode, Readonly<Record<Locale, string>>>> = {
  APPLICANTS: { zh: '本类别由{expected}申报。', en: 'This category is for {expected}.' },
  NO_SANCTION: {
    zh: '在限制申报期间的单位不得申报。',
    en: 'A unit under a sanction may not apply while it lasts.',
  },
  NOTHING_OVERDUE: {
    zh: '有逾期未履行义务的单位不得申报。',
    en: 'A unit that owes what an earlier project asked for may not apply.',
  },
  LIMIT: { zh: '{scope}：每个单位最多 {limit} 项。', en: '{scope}: at most {limit} of a unit.' },
  NO_PARTNERS: { zh: '本类别不接受联合申报。', en: 'This category takes no joint applications.' },
  PARTNERS: {
    zh: '可以联合申报，参加单位（牵头单位除外）{least} 至 {most} 个。',
    en: 'Joint applications are taken, with {least} to {most} partners besides the lead.',
  },
  PARTNER_KINDS: { zh: '参加单位应为{expected}。', en: 'Partners are to be {expected}.' },

  OF_KIND: { zh: '贵单位登记的单位类型：{kinds}。', en: 'Your unit is recorded as {kinds}.' },
  OF_NO_KIND: {
    zh: '贵单位的档案中没有登记单位类型，请联系主办单位补充。',
    en: 'The record of your unit names no kind of unit: ask the organiser to complete it.',
  },

  NOT_SANCTIONED: { zh: '贵单位没有正在执行的限制。', en: 'No sanction of your unit is in force.' },
  SANCTIONED_UNTIL: {
    zh: '{unit}在 {from} 至 {until} 期间不得申报：{reason}',
    en: '{unit} may not apply from {from} until {until}: {reason}',
  },
  NOTHING_IS_OVERDUE: { zh: '贵单位没有逾期未履行的义务。', en: 'Your unit owes nothing of earlier projects.' },
  OVERDUE_SINCE: {
    zh: '{unit}有逾期未履行的义务（{since} 起）：{what}',
    en: '{unit} has not met an obligation due since {since}: {what}',
  },

  RATED: {
    zh: '贵单位评估等级为 {grade}（有效期至 {validUntil}）。',
    en: 'Your unit is rated {grade} (valid until {validUntil}).',
  },
  RATING_EXPIRED: {
    zh: '贵单位评估等级 {grade} 已过有效期（至 {validUntil}）。',
    en: 'The rating {grade} of your unit was valid until {validUntil} only.',
  },
  NOT_RATED: { zh: '贵单位没有登记评估等级。', en: 'No rating of your unit is recorded.' },
  FOUNDED: { zh: '贵单位成立于 {foundedOn}。', en: 'Your unit was founded on {foundedOn}.' },
  FOUNDING_UNKNOWN: { zh: '贵单位没有登记成立日期。', en: 'When your unit was founded is not recorded.' },
  FLAGGED: { zh: '贵单位已登记“{flag}”。', en: '"{flag}" is recorded of your unit.' },
  NOT_FLAGGED: { zh: '贵单位没有登记“{flag}”。', en: '"{flag}" is not recorded of your unit.' },

  MET: { zh: '符合。', en: 'Met.' },
  REQUIRES: { zh: '要求：{message}', en: 'What is asked: {message}' },
  PRIORITY_NOT_MET: { zh: '不具备此优先条件，不影响申报。', en: 'Without this priority you may still apply.' },
  DRAFT_DECIDES: {
    zh: '由填报的内容决定，填报后即可检查。',
    en: 'What the application says decides it; it can be checked once filled in.',
  },
  TO_DECLARE: { zh: '须在申报书中作出声明。', en: 'To be declared in the application.' },
  DECLARED: { zh: '已声明。', en: 'Declared.' },
  TO_ATTACH: { zh: '须上传材料“{material}”证明。', en: 'To be proven by the material "{material}".' },
  ATTACHED: { zh: '已上传材料“{material}”。', en: 'The material "{material}" is there.' },
  TO_SHOW: { zh: '系统不作判断，由主办单位审核。', en: 'Not judged here: the organiser examines it.' },
  PRIORITY_TO_SHOW: {
    zh: '优先条件，不影响能否申报，由主办单位评审时考虑。',
    en: 'A priority: it bars nobody, the organiser considers it in the review.',
  },

  PLACES_LEFT: {
    zh: '贵单位已有 {count} 项，还可提交 {left} 项。',
    en: 'Your unit has {count} that count; {left} more can be submitted.',
  },
  NO_PLACE_LEFT: {
    zh: '贵单位已有 {count} 项，没有剩余名额。',
    en: 'Your unit has {count} that count: no place is left.',
  },
  MAY_NAME_PARTNERS: { zh: '可以与其他单位联合申报。', en: 'You may apply together with other units.' },
  HAS_TO_NAME_PARTNERS: {
    zh: '须与至少 {least} 个单位联合申报，参加单位同意后方可提交。',
    en: 'At least {least} partners have to be named and to consent.',
  },
};

/** Says some sentences one after the other, in the reader's language. */
export const sayIn =
  (locale: Locale) =>
  (sentences: readonly Sentence[]): string =>
    sentences.map(({ code, params = {} }) => fill(SENTENCES[code][locale], params)).join(locale === 'zh' ? '' : ' ');

/** The sentence of a fact that a fault names among its figures; none where it names none. */
export const factText = (params: Readonly<Record<string, string | number>>, locale: Locale): string => {
  const code = SENTENCE_CODES.find((known) => known === params.fact);
  return code === undefined ? '' : fill(SENTENCES[code][locale], params) + (locale === 'zh' ? '' : ' ');
};
