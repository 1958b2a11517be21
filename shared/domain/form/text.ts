/**
 * What no text may hold: control characters (tab, line feed and the carriage return that Windows puts before it are fine in multiline text), halves of surrogate pairs, and U+FFFE and U+FFFF, which the
 * XML of a spreadsheet cannot carry either. Written as a character class for both `RegExp` and a published schema.
 */
export const FORBIDDEN_CHARACTERS = {
  line: '[\\u0000-\\u001f\\u007f\\ud800-\\udfff\\ufffe\\uffff]',
  multiline: '[\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f\\ud800-\\udfff\\ufffe\\uffff]',
} as const;

const FORBIDDEN = {
  line: new RegExp(FORBIDDEN_CHARACTERS.line, 'u'),
  multiline: new RegExp(FORBIDDEN_CHARACTERS.multiline, 'u'),
};

/** The same by UTF-16 units, which also takes halves of whole pairs: thrice as fast, and what it does not find is not there. */
const SUSPECT = {
  line: new RegExp(FORBIDDEN_CHARACTERS.line),
  multiline: new RegExp(FORBIDDEN_CHARACTERS.multiline),
};

/** Whether a text of one line, or of several, holds what none may. */
export const hasForbidden = (text: string, lines: keyof typeof FORBIDDEN_CHARACTERS): boolean =>
  SUSPECT[lines].test(text) && FORBIDDEN[lines].test(text);

/** Length in Unicode code points, as JSON Schema counts it. */
const lengthOf = (text: string): number => {
  let length = text.length;
  for (let index = 0; index < text.length - 1; index += 1) {
    // A pair's first half is U+D800 to U+DBFF; lone halves are refused elsewhere, so each first half has its second.
    if ((text.charCodeAt(index) & 0xfc00) === 0xd800 && (text.charCodeAt(index + 1) & 0xfc00) === 0xdc00) length -= 1;
  }
  return length;
};

/** Whether a text has more than so many code points. They are as many as its UTF-16 units at most and half as many at least, so it is seldom walked. */
export const isLongerThan = (text: string, limit: number): boolean =>
  text.length > limit && (text.length > 2 * limit || lengthOf(text) > limit);
