const ESCAPES: Readonly<Record<string, string>> = { '\u2028': '\\u2028', '\u2029': '\\u2029' };

/** A value as one line of NDJSON. Many readers take U+2028 and U+2029 for ends of a line, so they are written as escapes. */
export const jsonLine = (value: unknown): string =>
  `${JSON.stringify(value).replace(/[\u2028\u2029]/g, (character) => ESCAPES[character] ?? character)}\n`;
