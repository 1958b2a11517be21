import { isMap, isScalar, isSeq, type LineCounter, type ParsedNode } from 'yaml';
import { at, type Fault, shownKey } from '#shared/domain/fault.ts';

/** A path, then what it lies in, up to the whole document: `a.b[0]`, `a.b`, `a` and the empty path. */
const outward = (path: string): string[] => [
  path,
  ...[...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index)).reverse(),
  '',
];

/**
 * Gives each fault its place in the YAML it was found in: the key of what stands at its path, the item itself in a list. What is missing is told at the
 * nearest thing around it that is there, the document's first key at last. Reads only those parts of the document that a fault lies in.
 */
export const locateFaults = (
  contents: ParsedNode | null,
  lines: LineCounter,
  faults: readonly Fault[],
): (Fault & Required<Pick<Fault, 'position'>>)[] => {
  const wanted = new Set(faults.flatMap(({ path }) => outward(path)));
  const offsets = new Map<string, number>();

  const enter = (path: string, offset: number, node: ParsedNode | null): void => {
    if (!wanted.has(path)) return;
    if (!offsets.has(path)) offsets.set(path, offset);
    if (isSeq(node)) node.items.forEach((item, index) => void enter(at(path, index), item.range[0], item));
    if (!isMap(node)) return;
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      // Faults of the schema cut a key that is too long, those between parts do not.
      for (const written of new Set([name, String(shownKey(name))])) enter(at(path, written), key.range[0], value);
    }
  };
  const start = contents?.range[0] ?? 0;
  enter('', start, contents);

  return faults.map((fault) => {
    const place = outward(fault.path).find((path) => offsets.has(path));
    const { line, col } = lines.linePos(offsets.get(place ?? '') ?? start);
    return { ...fault, position: { line, column: col } };
  });
};
