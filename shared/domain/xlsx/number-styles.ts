import { readXml } from './read-xml.ts';

/** How the numbers of a style are shown, as far as it matters: as a day, or filled up with zeros to so many digits. */
export type NumberStyle = 'day' | { readonly digits: number };

const PLAIN: NumberStyle = { digits: 1 };

/**
 * Formats by number alone that show a day. From 27 on they are those of Chinese and other East Asian editions, which WPS writes too (31 is yyyy"年"m"月"d"日");
 * 18 to 21, 32 to 35, 45 to 47, 55 and 56 show a time of day (ECMA-376, 18.8.30).
 */
const DAYS: ReadonlySet<number> = new Set([14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58]);

/** What of a format is no text of its own: neither quoted, escaped, a filler, nor a colour, condition or locale in brackets. */
const placeholdersOf = (code: string): string =>
  code
    .replace(/"[^"]*"?/g, '')
    .replace(/[\\_*]./g, '')
    .replace(/\[[^\]]*\]?/g, '')
    .split(';', 1)[0] ?? '';

const styleOf = (code: string): NumberStyle => {
  const placeholders = placeholdersOf(code);
  if (/[yd]/i.test(placeholders)) return 'day';
  return /^0+$/.test(placeholders) ? { digits: placeholders.length } : PLAIN;
};

/** The styles that cells name by their index. */
export const readNumberStyles = async (pieces: AsyncIterable<Uint8Array>): Promise<NumberStyle[]> => {
  const codes = new Map<string, NumberStyle>();
  const styles: NumberStyle[] = [];
  let ofCells = false;
  for await (const events of readXml(pieces)) {
    for (const event of events) {
      // The styles that other styles are based on are numbered apart (`cellStyleXfs`).
      if (event.kind !== 'text' && event.name === 'cellXfs') ofCells = event.kind === 'open';
      if (event.kind !== 'open') continue;
      const id = event.attributes.get('numFmtId') ?? '0';
      if (event.name === 'numFmt') codes.set(id, styleOf(event.attributes.get('formatCode') ?? ''));
      else if (event.name === 'xf' && ofCells) styles.push(codes.get(id) ?? (DAYS.has(Number(id)) ? 'day' : PLAIN));
    }
  }
  return styles;
};
