import { describe, expect, it } from 'vitest';
import { FORMATS } from '#shared/domain/form/definition.ts';
import { FORMAT_PATTERNS, hasFormat } from '#shared/domain/form/formats.ts';

describe('hasFormat', () => {
  it.each([
    ['uscc', '91350100M000100Y43'],
    ['uscc', '91440300708461136T'],
    ['phone-cn', '0736-7256108'],
    ['phone-cn', '07367256108'],
    ['phone-cn', '010-65123456-8012'],
    ['phone-cn', '7256108'],
    ['phone-cn', '13800000000'],
    ['mobile-cn', '19900000000'],
    ['postcode-cn', '415000'],
    ['postcode-cn', '010000'],
    ['email', 'xuehui.bu@example.org.cn'],
    ['email', "o'brien+x@a-b.example"],
    ['email', 'a@xn--fiqs8s.xn--fiqs8s'],
    ['email', `${'a'.repeat(64)}@example.org`],
  ] as const)('takes %s %s', (format, text) => {
    expect(hasFormat(text, format)).toBe(true);
  });

  it.each([
    ['uscc', '91350100M000100Y44'],
    ['uscc', '91350100m000100y43'],
    ['uscc', '9135010OM000100Y43'],
    ['uscc', '91350100M000100Y4'],
    ['uscc', '000000000000000000'],
    ['phone-cn', '0736-725610'],
    ['phone-cn', '0736 7256108'],
    ['phone-cn', '12800000000'],
    ['phone-cn', '+8613800000000'],
    ['mobile-cn', '1380000000'],
    ['mobile-cn', '１３８００００００００'],
    ['postcode-cn', '41500'],
    ['postcode-cn', '415000\n'],
    ['email', 'a@b'],
    ['email', '@example.org'],
    ['email', 'a..b@example.org'],
    ['email', '.a@example.org'],
    ['email', 'a@-example.org'],
    ['email', 'a b@example.org'],
    ['email', 'a@example.org '],
    ['email', 'a@b@example.org'],
    ['email', `${'a'.repeat(65)}@example.org`],
    ['email', `a@${'abcdefghi.'.repeat(26)}org`],
  ] as const)('refuses %s %j', (format, text) => {
    expect(hasFormat(text, format)).toBe(false);
  });

  it('changes its verdict on a code when any one character changes', () => {
    const code = '91350100M000100Y43';
    for (let index = 0; index < code.length; index += 1) {
      const other = code[index] === '7' ? '8' : '7';
      expect(hasFormat(code.slice(0, index) + other + code.slice(index + 1), 'uscc')).toBe(false);
    }
  });

  it.each(FORMATS)('judges even a text of 200,000 characters for %s at once', (format) => {
    const started = performance.now();
    for (const piece of ['a', '1', '0', 'a.', 'a-', '0-', 'a@', 'A1'])
      expect(FORMAT_PATTERNS[format].test(`${piece.repeat(100_000)}!`)).toBe(false);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
