import fc from 'fast-check';

/** What breaks spreadsheets, XML, CSV and names of files. */
const PIECES = [
  ...'=+-@\t\r\n\'"<>&;,|%^`\\/:*?[]{}'.split(''),
  ...[
    '＝',
    '＋',
    '－',
    '＠',
    '﹢',
    '⁺',
    '\u0000',
    '\u0001',
    '\u000b',
    '\u001f',
    '\u007f',
    '\ufffe',
    '\uffff',
    '\ufeff',
  ],
  ...['\ud800', '\udfff', '\ud83d\ude00', '_x0041_', '_x005F_', '_x004a', '_', 'x0041_', ']]>', '<!--', '<f>1+1</f>'],
  ...[
    '=1+1',
    '=cmd|" /C calc"!A0',
    '@SUM(A1)',
    '+86 731 8888',
    '-1',
    '=HYPERLINK("http://x")',
    '项目',
    '申报书',
    '\u202e',
  ],
  ...['..', '../', 'CON', 'nul.txt', ' ', '.', 'é', 'e\u0301', 'ＡＢＣ', 'ß', 'İ', '🇨🇳', '430700198001010011'],
];

/** Texts made of such pieces, and any others. */
export const hostileText = (): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((pieces) => pieces.join('')) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  );

/** So many hostile texts, the same for the same seed. */
export const hostileTexts = (count: number, seed: number): string[] =>
  fc.sample(hostileText(), { numRuns: count, seed });
