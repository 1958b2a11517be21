import { describe, expect, it } from 'vitest';
import { FAULT_CODES, PROBLEM_CODES } from '#shared/contract/problem.ts';
import { localeOf } from '#shared/http/locale.ts';
import { faultText, problemText } from '#shared/http/messages.ts';

/** The same deadline: in words, which are Chinese, or as its zone writes it. */
const inWords = (text: string): string => text.replace('{closesAtLocal} ({timezone})', '{closesText}');
const placeholders = (text: string) => (inWords(text).match(/\{[a-zA-Z]+\}/g) ?? []).sort();
const unfilled = {
  zh: (code: (typeof FAULT_CODES)[number]) => faultText(code, keep, 'zh'),
  en: (code: (typeof FAULT_CODES)[number]) => faultText(code, keep, 'en'),
};
const keep = new Proxy<Record<string, string>>(
  {},
  {
    get: (_, name) => `{${String(name)}}`,
    getOwnPropertyDescriptor: (_, name) => ({
      value: `{${String(name)}}`,
      configurable: true,
      enumerable: true,
      writable: true,
    }),
  },
);

describe('the message catalogue', () => {
  it.each(FAULT_CODES)('says %s in Chinese and English with the same figures', (code) => {
    expect(placeholders(unfilled.zh(code))).toEqual(placeholders(unfilled.en(code)));
  });

  it.each(PROBLEM_CODES)('titles and explains %s in both languages with the same figures', (code) => {
    const [zh, en] = [problemText(code, keep, 'zh'), problemText(code, keep, 'en')];
    expect(placeholders(zh.detail)).toEqual(placeholders(en.detail));
    expect(zh.title).toMatch(/\p{Script=Han}/u);
    expect(en.title).not.toMatch(/\p{Script=Han}/u);
  });
});

describe('the language of a reply', () => {
  it.each([
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en;q=0.1, zh-Hans;q=0.2', 'zh'],
    ['fr, de', 'zh'],
    ['fr, en;q=0.3', 'en'],
    ['*', 'zh'],
    ['en;q=0', 'zh'],
    ['en;q=oops', 'zh'],
  ])('for Accept-Language %j is %s', (wish, locale) => {
    expect(localeOf(wish)).toBe(locale);
  });
});

describe('codes of the checks', () => {
  it('are told in words', () => {
    expect(faultText('FORMAT', { format: 'mobile-cn' }, 'zh')).toBe('格式不对，应为手机号码（11 位）。');
    expect(faultText('WRONG_TYPE', { expected: 'list of objects' }, 'en')).toBe(
      'Wrong type: expected a list of objects.',
    );
    expect(faultText('WRONG_TYPE', { expected: 'something new' }, 'zh')).toContain('something new');
  });

  it('name a refused file and say why it was refused', () => {
    const params = { material: '申报书', filename: '甲.pdf', reason: 'SIZE_DIFFERS' };
    expect(faultText('ATTACHMENT_REFUSED', params, 'zh')).toBe(
      '“申报书”的文件“甲.pdf”未通过检查：文件大小与申报时声明的不一致，请删除后重新添加。',
    );
    expect(faultText('ATTACHMENT_REFUSED', params, 'en')).toContain('"甲.pdf"');
    expect(faultText('ATTACHMENT_NOT_UPLOADED', params, 'zh')).toContain('“甲.pdf”');
  });

  it('name the field by its label', () => {
    expect(faultText('REQUIRED', { label: '移动电话' }, 'zh')).toBe('“移动电话”：必填。');
  });
});
