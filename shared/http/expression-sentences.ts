import { EXPRESSION_REASONS, type ExpressionReason } from '#shared/contract/expression-reasons.ts';
import { fill } from './fill.ts';
import type { Locale } from './locale.ts';

type Params = Readonly<Record<string, string | number>>;

/** `{left}`, `{right}` and `{type}` are types, told in words; `{at}` counts the rule's characters from 1. */
const REASONS: Readonly<Record<ExpressionReason, Readonly<Record<Locale, string>>>> = {
  ENDS_EARLY: { zh: '没有写完，可能少了右括号或引号', en: 'it ends early: perhaps a bracket or a quote is missing' },
  UNEXPECTED: {
    zh: '第 {at} 个字符处读不懂（名字和标点都用英文，等于写 ==，并且写 &&，或者写 ||）',
    en: 'character {at} is not expected there (names are in Latin letters, equal is ==, and is &&, or is ||)',
  },
  TEXT_NOT_CLOSED: { zh: '第 {at} 个字符处的文字没有引号收尾', en: 'the text at character {at} has no closing quote' },
  WRONG_ESCAPE: {
    zh: '第 {at} 个字符处的反斜杠写法不对',
    en: 'the backslash at character {at} stands before nothing it can',
  },
  WRONG_NUMBER: { zh: '第 {at} 个字符处的数字写法不对', en: 'the number at character {at} is not well formed' },
  RESERVED_WORD: { zh: '第 {at} 个字符处是保留的词，不能用', en: 'the word at character {at} is reserved' },
  NO_VARIABLE: {
    zh: '第 {at} 个字符处应为每一行的名字，如 answers.members.all(m, m.days > 2) 中的 m',
    en: 'at character {at} a name for each row is needed, as m in answers.members.all(m, m.days > 2)',
  },
  TOO_MANY_PARTS: {
    zh: '一条规则太长或括号套得太深，请拆成几条',
    en: 'it is too long or nested too deeply: make several rules of it',
  },
  NOT_BOOL: {
    zh: '规则要说明“符合”或“不符合”，这里得到的是{type}，请加上比较，如 >= 3',
    en: 'a rule says yes or no, and this gives {type}: compare it, as with >= 3',
  },
  OPERATOR: {
    zh: '第 {at} 个字符起，{left}与{right}之间不能用 {operator}（金额写 wan("0.5") 或 yuan("100")，日期写 "2022-03-31"）',
    en: 'from character {at}, {operator} does not go between {left} and {right} (amounts are wan("0.5") or yuan("100"), dates "2022-03-31")',
  },
  ONE_SIDED: {
    zh: '第 {at} 个字符处，{right}前不能用 {operator}',
    en: 'at character {at}, {operator} does not go before {right}',
  },
  ARGUMENTS: { zh: '第 {at} 个字符起，不能这样用：{call}', en: 'from character {at}, this cannot be used so: {call}' },
  HAS: {
    zh: 'has( ) 里只能写一个栏目，如 has(answers.fax)',
    en: 'has( ) takes one field, as in has(answers.fax)',
  },
  NOT_YES_OR_NO: {
    zh: '第 {at} 个字符起，&&、||、? 的两边要能判断是或否',
    en: 'from character {at}, what stands beside &&, || and ? has to say yes or no',
  },
  NOT_A_LIST: {
    zh: '第 {at} 个字符处不是表格或多选，不能逐项判断',
    en: 'what stands at character {at} is no table and no list, so it has no items',
  },
  MIXED_LIST: {
    zh: '第 {at} 个字符处，方括号中的各项要同一类型',
    en: 'at character {at}, items of a list are of one type',
  },
  MIXED_BRANCHES: {
    zh: '第 {at} 个字符起，冒号两边要同一类型',
    en: 'from character {at}, both sides of the colon are of one type',
  },
  NO_PARTS: { zh: '第 {at} 个字符处没有这样的下一级', en: 'what stands before character {at} has no such part' },
  NOT_AN_AMOUNT: {
    zh: '第 {at} 个字符处，wan( ) 和 yuan( ) 里写带引号的数额，精确到分，如 wan("0.5")',
    en: 'at character {at}, wan( ) and yuan( ) take an amount in quotes, to the 分 at most, as wan("0.5")',
  },
  NOT_AN_OPTION: {
    zh: '第 {at} 个字符处的 {name} 不在这一栏目的选项（value）之内',
    en: 'at character {at}, {name} is none of the options (value) of this field',
  },
  NOT_A_FLAG: {
    zh: '第 {at} 个字符处的 {name} 不是标记的键：写 hasPartyBranch、canIssueInvoices、annualMeetingFiveYears，或自己定的字母数字',
    en: 'at character {at}, {name} is no key of a flag: write hasPartyBranch, canIssueInvoices, annualMeetingFiveYears, or letters and digits of your own',
  },
  DIVISOR: {
    zh: '第 {at} 个字符处，除数只能写成不是 0 的数字',
    en: 'at character {at}, only a written number other than 0 can divide',
  },
  OTHER: { zh: '第 {at} 个字符附近类型不合', en: 'the types near character {at} do not fit' },
};

const TYPES: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  int: { zh: '整数', en: 'an integer' },
  string: { zh: '文字', en: 'a text' },
  bool: { zh: '是或否', en: 'a yes or no' },
};

const SEVERAL: Readonly<Record<Locale, string>> = { zh: '多项', en: 'a list' };
const PARTS: Readonly<Record<Locale, string>> = { zh: '一组栏目', en: 'a group of fields' };

const typeText = (type: string | number | undefined, locale: Locale): string => {
  const name = String(type ?? '');
  if (name.startsWith('list')) return SEVERAL[locale];
  return (Object.hasOwn(TYPES, name) ? TYPES[name]?.[locale] : undefined) ?? PARTS[locale];
};

/** What is wrong with a rule, in words for whoever wrote it. */
export const expressionText = (params: Params, locale: Locale): string => {
  const reason = EXPRESSION_REASONS.find((code) => code === params.reason) ?? 'OTHER';
  const [left, right, type] = [params.left, params.right, params.type].map((name) => typeText(name, locale));
  return fill(REASONS[reason][locale], { ...params, left: left ?? '', right: right ?? '', type: type ?? '' });
};
