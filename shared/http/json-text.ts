import { InvalidRequest } from '#shared/domain/invalid-request.ts';

/** No form nests deeper than a table's row; a call's tree is bounded by its own check. Deeper input is a bomb. */
const MAX_DEPTH = 64;

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

const endOfString = (text: string, start: number): number => {
  let position = start + 1;
  while (text[position] !== '"') position += text[position] === '\\' ? 2 : 1;
  return position + 1;
};

/**
 * Whether an object of a valid JSON text names a key twice, however it is escaped. JSON.parse keeps the last one silently, and no JSON library here
 * reports duplicates whose values are equal. In valid JSON a string is a key exactly if it follows `{`, or a `,` directly inside an object.
 */
const hasDuplicateKey = (text: string): boolean => {
  const containers: (Set<string> | undefined)[] = [];
  let keyExpected = false;
  let position = 0;
  while (position < text.length) {
    const character = text[position];
    if (character === '"') {
      const end = endOfString(text, position);
      const keys = containers.at(-1);
      if (keyExpected && keys !== undefined) {
        const key = String(JSON.parse(text.slice(position, end)));
        if (keys.has(key)) return true;
        keys.add(key);
      }
      keyExpected = false;
      position = end;
      continue;
    }
    if (character === '{') containers.push(new Set());
    else if (character === '[') containers.push(undefined);
    else if (character === '}' || character === ']') containers.pop();
    if (character === '{' || character === ',') keyExpected = containers.at(-1) !== undefined;
    else if (character === '[') keyExpected = false;
    position += 1;
  }
  return false;
};

const parseOrRefuse = (text: string): unknown => {
  try {
    return JSON.parse(text, (key, entry: unknown) => {
      if (key === '__proto__' || !key.isWellFormed()) throw new SyntaxError('forbidden key');
      if (typeof entry === 'number' && !Number.isFinite(entry)) throw new SyntaxError('number out of range');
      if (typeof entry === 'string' && !entry.isWellFormed()) throw new SyntaxError('lone surrogate');
      return entry;
    });
  } catch (cause) {
    throw new InvalidRequest([{ path: '', code: 'INVALID', params: { of: 'json' } }], cause);
  }
};

/**
 * JSON as strictly as a record needs it: no duplicate keys, no `__proto__`, no number that overflows, no lone surrogate (RFC 8785 cannot digest one), bounded depth.
 *
 * @throws InvalidRequest
 */
export const parseJson = (text: string): unknown => {
  if (depthOf(text) > MAX_DEPTH)
    throw new InvalidRequest([{ path: '', code: 'TOO_LARGE', params: { of: 'depth', limit: MAX_DEPTH } }]);
  const value = parseOrRefuse(text);
  if (hasDuplicateKey(text)) throw new InvalidRequest([{ path: '', code: 'DUPLICATE' }]);
  return value;
};
