import { isAlias, isMap, isScalar, isSeq, LineCounter, type ParsedNode, parseDocument } from 'yaml';
import { at, type Fault } from '#shared/domain/fault.ts';
import { FaultList } from '#shared/domain/fault-list.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';
import { locateFaults } from './locate-faults.ts';
import { yamlMistake } from './yaml-mistake.ts';

/** As deep as JSON may be; a call's tree and forms need 30. */
const MAX_DEPTH = 64;

/**
 * Line ends and signs that can mean something to YAML in one text. Its library takes up to some 20 µs for each, whatever the text is, so 2 MB of brackets or
 * quotes would outlast the function; 200 forms of 100 fields, spelt out line by line, have 180,000.
 */
const MOST_SIGNS = 250_000;

const SIGNS = new Set('\n\r[]{},"\'&*!|>%#@`\\');
const BEFORE_BLANK = new Set('-?:');
const BLANK = new Set(' \t\n\r');

/** Counted by one linear look, before the library sees the text. What stands inside quotes counts too: no text of a notice is made of signs. */
const hasTooManySigns = (text: string): boolean => {
  let signs = 0;
  for (let position = 0; position < text.length && signs <= MOST_SIGNS; position += 1) {
    const character = text[position] ?? '';
    if (SIGNS.has(character) || (BEFORE_BLANK.has(character) && BLANK.has(text[position + 1] ?? ' '))) signs += 1;
  }
  return signs > MOST_SIGNS;
};

const tooDeep = (): Fault => ({ path: '', code: 'TOO_LARGE', params: { of: 'depth', limit: MAX_DEPTH } });

/** The text's nodes, composed. YAML's own tags, directives and merge keys mean nothing here: it is JSON that is easier to write. */
const compose = (text: string, lines: LineCounter) => {
  try {
    return parseDocument(text, {
      lineCounter: lines,
      schema: 'core',
      resolveKnownTags: false,
      stringKeys: true,
      // The library compares each key with every other one; `plain` looks them up.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'error',
    });
  } catch (error) {
    // Nesting without end exhausts the stack before its depth can be looked at; where the library notices, it says RESOURCE_EXHAUSTION instead.
    if (error instanceof RangeError) throw new InvalidRequest([tooDeep()], error);
    throw error;
  }
};

/** What a text says, and where it says it. */
export interface LocatedValue {
  readonly value: unknown;
  /** The same faults, each with its place in the text. */
  readonly locate: (faults: readonly Fault[]) => Fault[];
}

/**
 * YAML as strictly as JSON is read: one document, no aliases (a small text could unfold to gigabytes), no key twice, no `__proto__`, no lone surrogate,
 * depth and signs bounded. Dates and 'yes' stay text.
 *
 * @throws InvalidRequest with every fault by its position; of the syntax's errors the first alone, those that are not of the syntax by path as well
 */
export const parseLocatedYaml = (text: string): LocatedValue => {
  if (hasTooManySigns(text)) {
    throw new InvalidRequest([{ path: '', code: 'TOO_COMPLEX', params: { limit: MOST_SIGNS } }]);
  }
  const lines = new LineCounter();
  const document = compose(text, lines);
  const faults = new FaultList();
  const add = (code: Fault['code'], path: string, offset: number, params?: Fault['params']): void => {
    const { line, col } = lines.linePos(offset);
    faults.add({ path, code, ...(params && { params }), position: { line, column: col } });
  };

  const plain = (node: ParsedNode | null, path: string, level: number): unknown => {
    if (node === null) return null;
    if (level > MAX_DEPTH) throw new InvalidRequest([tooDeep()]);
    if (isAlias(node)) return add('YAML_ALIAS', path, node.range[0]);
    if (isSeq(node)) return node.items.map((item, index) => plain(item, at(path, index), level + 1));
    if (isMap(node)) {
      const entries = new Map<string, unknown>();
      for (const { key, value } of node.items) {
        const name = isScalar(key) ? String(key.value) : '';
        const where = at(path, name);
        if (name === '__proto__' || !name.isWellFormed()) add('UNKNOWN', path, key.range[0]);
        else if (entries.has(name)) add('DUPLICATE', where, key.range[0]);
        else entries.set(name, plain(value, where, level + 1));
      }
      return Object.fromEntries(entries);
    }
    if (typeof node.value === 'string' && !node.value.isWellFormed()) add('INVALID', path, node.range[0]);
    return node.value;
  };

  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) throw new InvalidRequest([tooDeep()]);
  // One sign too many makes every word behind it an error: only the first tells the author anything.
  const [first, ...others] = document.errors.length > 0 ? document.errors.slice(0, 1) : document.warnings;
  for (const error of first === undefined ? [] : [first, ...others]) {
    const { of, offset } = yamlMistake(error, document);
    add('SYNTAX', '', offset, { of });
  }
  const value = faults.found.length > 0 ? undefined : plain(document.contents, '', 1);
  if (faults.found.length > 0) throw new InvalidRequest(faults.found);
  return { value, locate: (found) => locateFaults(document.contents, lines, found) };
};

/** The value alone. @throws InvalidRequest as `parseLocatedYaml` */
export const parseYaml = (text: string): unknown => parseLocatedYaml(text).value;
