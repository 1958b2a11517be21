import { readXml } from './read-xml.ts';

/** `_x000D_`: how a workbook writes what XML has no way to write (ECMA-376, ST_Xstring). */
export const unescaped = (text: string): string =>
  text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));

/** The strings that cells share, by their index: of a rich text all runs in one, without the readings written above it. */
export const readSharedStrings = async (pieces: AsyncIterable<Uint8Array>): Promise<string[]> => {
  const strings: string[] = [];
  let text = '';
  let isText = false;
  let isReading = false;
  for await (const events of readXml(pieces)) {
    for (const event of events) {
      if (event.kind === 'text') {
        if (isText && !isReading) text += event.text;
        continue;
      }
      const opens = event.kind === 'open';
      if (event.name === 't') isText = opens;
      else if (event.name === 'rPh') isReading = opens;
      else if (event.name === 'si') {
        if (!opens) strings.push(unescaped(text));
        text = '';
      }
    }
  }
  return strings;
};
