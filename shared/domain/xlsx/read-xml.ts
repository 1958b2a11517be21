import { SaxesParser } from 'saxes';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { notXlsx, workbookTooLarge } from './refusals.ts';

/** Elements in elements; a sheet with all its extensions has some ten. */
const MOST_DEPTH = 50;
/** Of one element; namespaces count. */
const MOST_ATTRIBUTES = 100;

/** Names without their prefix: some programs write `x:row` for `row`. */
export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: ReadonlyMap<string, string> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** A parser that tells `found` of what it meets, and stops at what no program writes into a workbook. */
const boundedParser = (found: (event: XmlEvent) => void) => {
  const parser = new SaxesParser({ xmlns: true, position: false });
  let depth = 0;
  let attributes = 0;
  // Entities of its own, which could unfold a small text to gigabytes, are declared in a document type.
  parser.on('doctype', () => {
    throw notXlsx();
  });
  parser.on('attribute', () => {
    attributes += 1;
    if (attributes > MOST_ATTRIBUTES) throw workbookTooLarge();
  });
  parser.on('opentag', (tag) => {
    attributes = 0;
    depth += 1;
    if (depth > MOST_DEPTH) throw workbookTooLarge();
    const named = Object.values(tag.attributes).map(({ local, value }): [string, string] => [local, value]);
    found({ kind: 'open', name: tag.local, attributes: new Map(named) });
  });
  parser.on('closetag', ({ local }) => {
    depth -= 1;
    found({ kind: 'close', name: local });
  });
  parser.on('text', (text) => found({ kind: 'text', text }));
  parser.on('cdata', (text) => found({ kind: 'text', text }));
  return parser;
};

/**
 * What an XML document in UTF-8 consists of, in its order and no more at a time than one piece of it has. A text may come in several pieces.
 *
 * @throws InvalidRequest for what is not well formed, has a document type, or nests without end
 */
export async function* readXml(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<readonly XmlEvent[]> {
  let events: XmlEvent[] = [];
  const parser = boundedParser((event) => events.push(event));
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parse = (piece?: Uint8Array): readonly XmlEvent[] => {
    events = [];
    try {
      if (piece === undefined) parser.write(decoder.decode()).close();
      else parser.write(decoder.decode(piece, { stream: true }));
    } catch (cause) {
      throw cause instanceof InvalidRequest ? cause : notXlsx(cause);
    }
    return events;
  };
  for await (const piece of pieces) yield parse(piece);
  yield parse();
}
