import { describe, expect, it } from 'vitest';
import { hasForbidden, isLongerThan } from '#shared/domain/form/text.ts';

describe('isLongerThan', () => {
  it.each<[text: string, codePoints: number]>([
    ['', 0],
    ['abc', 3],
    ['𠮷𠮷', 2],
    ['a𠮷b𠮷', 4],
    ['𠮷a', 2],
    // Refused elsewhere, and counted one by one.
    ['\ud83d\ud83d', 2],
    ['\ud83d', 1],
    ['a\udc00\ud83d', 3],
    ['\udc00\udc00a', 3],
  ])('counts the code points of %j: %i', (text, codePoints) => {
    expect([0, 1, 2, 3, 4, 5].filter((limit) => isLongerThan(text, limit))).toEqual(
      [0, 1, 2, 3, 4, 5].filter((limit) => codePoints > limit),
    );
  });
});

describe('hasForbidden', () => {
  it.each<[what: string, text: string, line: boolean, multiline: boolean]>([
    ['a plain text', '甲 a', false, false],
    ['a character beyond the first plane', '𠮷', false, false],
    ['a tab', 'a\tb', true, false],
    ['lines as Windows ends them', 'a\r\nb', true, false],
    ['a vertical tab', 'a\u000b', true, true],
    ['DEL', '\u007f', true, true],
    ['half of a pair behind a whole one', '𠮷\ud842', true, true],
    ['U+FFFE', '\ufffe', true, true],
    ['U+FFFD', '\ufffd', false, false],
  ])('knows whether it stands in a line, or in several: %s', (_, text, line, multiline) => {
    expect([hasForbidden(text, 'line'), hasForbidden(text, 'multiline')]).toEqual([line, multiline]);
  });
});
