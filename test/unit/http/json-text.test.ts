import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { parseJson } from '#shared/http/json-text.ts';
import { faultText } from '#shared/http/messages.ts';

describe('strict JSON', () => {
  it('keeps what the parser said as the cause', () => {
    expect(() => parseJson('{')).toThrow(expect.objectContaining({ cause: expect.any(SyntaxError) }));
  });

  it('reads every JSON text as JSON.parse does, where keys occur once', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), fc.constantFrom(undefined, 2), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        fc.pre(!text.includes('__proto__'));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('finds a key repeated at any depth, also with equal values and other escapes', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), fc.array(fc.boolean(), { maxLength: 20 }), (key, value, wraps) => {
        fc.pre(key !== '__proto__' && !JSON.stringify(value).includes('__proto__'));
        const units = Array.from({ length: key.length }, (_, index) =>
          key.charCodeAt(index).toString(16).padStart(4, '0'),
        );
        const escaped = units.map((unit) => `\\u${unit}`).join('');
        const twice = `{${JSON.stringify(key)}:${JSON.stringify(value)},"${escaped}":${JSON.stringify(value)}}`;
        const text = wraps.reduce((inner, array) => (array ? `[1,${inner}]` : `{"k\\"{,":${inner}}`), twice);
        expect(() => parseJson(text)).toThrow('INVALID_REQUEST');
      }),
    );
  });

  it('does not take equal strings in arrays, or equal keys of different objects, for duplicates', () => {
    expect(parseJson('[["a","a"],{"a":["a","a"]},{"a":{"a":1}}]')).toEqual([
      ['a', 'a'],
      { a: ['a', 'a'] },
      { a: { a: 1 } },
    ]);
  });

  it.each([
    ['{"a":', '不是 JSON，或者含有不能使用的内容（如 __proto__、残缺的字符）。'],
    ['['.repeat(65), '层级太多，最多嵌套 64 层。'],
  ])('says of %s what is amiss', (text, sentence) => {
    const told = (): string[] => {
      try {
        parseJson(text);
        return [];
      } catch (error) {
        if (!(error instanceof InvalidRequest)) throw error;
        return error.faults.map(({ code, params }) => faultText(code, params ?? {}, 'zh'));
      }
    };
    expect(told()).toEqual([sentence]);
  });

  it('takes 64 levels and refuses 65, and a million without overflowing the stack', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
    expect(parseJson(nested(64))).toBeDefined();
    expect(() => parseJson(nested(65))).toThrow('INVALID_REQUEST');
    expect(() => parseJson(nested(1_000_000))).toThrow('INVALID_REQUEST');
  });
});
