import { type Document, visit, type YAMLError } from 'yaml';
import type { YamlMistake } from '#shared/contract/yaml-mistakes.ts';

const MISTAKES: Readonly<Partial<Record<YAMLError['code'], YamlMistake>>> = {
  TAB_AS_INDENT: 'tab',
  BAD_INDENT: 'indent',
  MULTILINE_IMPLICIT_KEY: 'pair',
  BLOCK_AS_IMPLICIT_KEY: 'nested',
  BAD_SCALAR_START: 'start',
  BAD_DQ_ESCAPE: 'escape',
  BAD_DIRECTIVE: 'start',
  MULTIPLE_DOCS: 'document',
  TAG_RESOLVE_FAILED: 'tag',
  BAD_COLLECTION_TYPE: 'tag',
};

/** The library has one code for all that is missing, and tells in its sentence what. */
const MISSING: readonly (readonly [beginning: string, mistake: YamlMistake])[] = [
  ["Missing closing '", 'quote'],
  ['Missing closing "', 'quote'],
  ['Sequence item', 'indent'],
  ['Implicit map keys', 'pair'],
  ['Tags and anchors', 'tag'],
  ['Missing , ', 'bracket'],
  ['Flow ', 'bracket'],
];

const missing = (message: string): YamlMistake =>
  MISSING.find(([beginning]) => message.startsWith(beginning))?.[1] ?? 'sign';

/** Where the quoted text begins that goes on until `end`. */
const openingQuote = (document: Document.Parsed, end: number): number => {
  let start = end;
  visit(document, {
    Scalar: (_, { range, type }) => {
      if (type?.startsWith('QUOTE_') && range && range[0] < end && range[1] >= end) start = range[0];
    },
  });
  return start;
};

/** What is probably wrong, and the offset to look at: an open quote is seen at the end of the text, and is wanted where it opens. */
export const yamlMistake = (
  { code, message, pos: [offset] }: YAMLError,
  document: Document.Parsed,
): { of: YamlMistake; offset: number } => {
  const of = code === 'MISSING_CHAR' ? missing(message) : (MISTAKES[code] ?? 'sign');
  return { of, offset: of === 'quote' ? openingQuote(document, offset) : offset };
};
