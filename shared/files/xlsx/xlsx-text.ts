/** What XML cannot hold or a parser would change (a carriage return): written as `_xHHHH_`, which spreadsheets read back as the character. */
const CONTROL = '[\\u0000-\\u0008\\u000b-\\u001f\\ufffe\\uffff]';
const LONE_HALF = '[\\ud800-\\udbff](?![\\udc00-\\udfff])|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]';
/** Text that reads like such an escape: its underscore is written as one, so that the text stays what it is. */
const ESCAPE_LIKE = '_(?=x[0-9A-Fa-f]{4})';

const SPECIAL = new RegExp(`[&<>"]|${CONTROL}|${ESCAPE_LIKE}|${LONE_HALF}`, 'g');

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (character: string): string =>
  ENTITIES[character] ?? `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;

/** Any text as a spreadsheet's XML holds it (ST_Xstring of ECMA-376), without loss: no character is dropped or replaced. */
export const xlsxText = (text: string): string => text.replace(SPECIAL, escaped);
