import { parse as parseLossless } from 'lossless-json';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

/** No form nests deeper than a table's row; a call's tree is bounded by its own check. Deeper input is a bomb. */
const MAX_DEPTH = 64;

const refuse = (code: 'INVALID' | 'DUPLICATE' | 'TOO_LARGE', cause?: unknown): never => {
  throw new InvalidRequest([{ path: '', code, params: code === 'TOO_LARGE' ? { limit: MAX_DEPTH } : {} }], { cause });
};

/** Depth by one linear look, before anything recursive touches the text. */
const depthOf = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let position = 0; position < text.length; position += 1) {
    const character = text[position];
    if (inString) {
      if (character === '\\') position += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      deepest = Math.max(deepest, depth);
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return deepest;
};

/**
 * JSON as strictly as a record needs it: no duplicate keys, no `__proto__`, no number that overflows, no lone surrogate (RFC 8785 cannot digest one), bounded depth.
 *
 * @throws InvalidRequest
 */
export const parseJson = (text: string): unknown => {
  if (depthOf(text) > MAX_DEPTH) refuse('TOO_LARGE');
  let value: unknown;
  try {
    value = JSON.parse(text, (key, entry: unknown) => {
      if (key === '__proto__' || !key.isWellFormed()) throw new SyntaxError('forbidden key');
      if (typeof entry === 'number' && !Number.isFinite(entry)) throw new SyntaxError('number out of range');
      if (typeof entry === 'string' && !entry.isWellFormed()) throw new SyntaxError('lone surrogate');
      return entry;
    });
  } catch (cause) {
    refuse('INVALID', cause);
  }
  parseLossless(text, null, { parseNumber: Number, onDuplicateKey: () => refuse('DUPLICATE') });
  return value;
};
