/** What a text is pumped up with: what parsers look for, what looks like something else, what is seen as nothing. */
const PUMPS = [
  ...'a0 \t\n"\'\\{}[]()<>&%#@.,;:=+-*/|!?_~`^$',
  ...['申', 'é', 'e\u0301', '\u0301', 'Z\u0351\u036b\u0343', '👩‍👩‍👧', '🇨🇳', '𝒳', '\ufdfa'],
  ...[
    '\u202e',
    '\u2066',
    '\u200b',
    '\ufeff',
    '\u0000',
    '\u001b',
    '\u0085',
    '\u2028',
    '\ud800',
    '\udc00',
    '\uffff',
    '０',
    '＝',
  ],
  ...[
    '\r\n',
    '""',
    '\\"',
    'a.',
    'a@',
    '.a',
    'a-',
    'a,',
    'a;q=',
    ';q=0.1,',
    'W/"',
    '"a",',
    '://',
    '%2e',
    '../',
    '&amp;',
    '<a>',
    '{a}',
    '{{',
  ],
  ...['- ', '? ', ': ', 'a: ', '&a ', '*a ', '!!str ', '<<: ', '[a,', '{a:', '\n ', '# '],
  ...['=1+', '@SUM(', '\rBcc: ', '_x0041_', '1.', '0.0', '2022-', 'P1', '(1+', 'a&&', '!!', '?a:', 'in '],
];

/** A text of a length, and what it is made of. */
interface Evil {
  readonly what: string;
  of(length: number): string;
}

const filled = (pump: string, length: number): string => pump.repeat(Math.ceil(length / pump.length)).slice(0, length);

/** Texts that grow: of one thing over and over, in the middle of something, and not ended. */
export const EVIL: readonly Evil[] = PUMPS.flatMap((pump) => [
  { what: `${JSON.stringify(pump)} over and over`, of: (length: number) => filled(pump, length) },
  { what: `${JSON.stringify(pump)} between x and !`, of: (length: number) => `x${filled(pump, length)}!` },
  { what: `${JSON.stringify(pump)} behind a quote`, of: (length: number) => `"${filled(pump, length)}` },
]);
