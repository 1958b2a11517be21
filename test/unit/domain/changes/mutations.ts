import type { ComparedRules } from '#shared/domain/changes/category-changes.ts';

/** A place in a definition: keys and indexes from the top. */
export type Place = readonly (string | number)[];

/** What only tells or prints, and asks nothing of an applicant. Codes, kinds and types decide what else a part says; they have tests of their own. */
const ASKS_NOTHING = new Set([
  'clause',
  'limitClause',
  'contacts',
  'numbered',
  'prefill',
  'code',
  'form',
  'categories',
  'timezone',
  'organiser',
]);
const DECIDES = new Set(['kind', 'type', 'effect', 'choose', 'unit', 'payment', 'format', 'allowed']);

const entriesOf = (value: object): [string | number, unknown][] =>
  Array.isArray(value) ? value.map((item, index) => [index, item]) : Object.entries(value);

/** Every text, number and yes/no of a value that asks something, by its place. */
export const leavesOf = (value: unknown, place: Place = []): Place[] => {
  if (typeof value === 'object' && value !== null) {
    return entriesOf(value).flatMap(([key, inner]) =>
      typeof key === 'string' && (ASKS_NOTHING.has(key) || DECIDES.has(key)) ? [] : leavesOf(inner, [...place, key]),
    );
  }
  return value === undefined ? [] : [place];
};

/** Every item of every list, and every part that can be left out, by its place. */
export const partsOf = (value: unknown, place: Place = []): Place[] => {
  if (typeof value !== 'object' || value === null) return [];
  return entriesOf(value).flatMap(([key, inner]) => {
    if (typeof key === 'string' && ASKS_NOTHING.has(key)) return [];
    const here = [...place, key];
    return [...(typeof key === 'number' ? [here] : []), ...partsOf(inner, here)];
  });
};

const otherLeaf = (value: unknown): unknown => {
  // A size stays a size.
  if (typeof value === 'string') return /[KM]B$/.test(value) ? `1${value}` : `${value}改`;
  if (typeof value === 'number') return value + 1;
  return value !== true;
};

const valueAt = (value: unknown, [step, ...rest]: Place): unknown =>
  step === undefined || typeof value !== 'object' || value === null ? value : valueAt(Reflect.get(value, step), rest);

/** The value with what stands at a place made another. */
export const withLeafChanged = <Value>(value: Value, place: Place): Value => {
  const copy = structuredClone(value);
  const parent = valueAt(copy, place.slice(0, -1));
  const last = place.at(-1);
  if (typeof parent !== 'object' || parent === null || last === undefined) throw new Error('no such place');
  Reflect.set(parent, last, otherLeaf(Reflect.get(parent, last)));
  return copy;
};

/** The value without the item at a place. */
export const withItemRemoved = <Value>(value: Value, place: Place): Value => {
  const copy = structuredClone(value);
  const parent = valueAt(copy, place.slice(0, -1));
  const last = place.at(-1);
  if (!Array.isArray(parent) || typeof last !== 'number') throw new Error('no such item');
  parent.splice(last, 1);
  return copy;
};

/** Where the change of a place of a form is to be told: by the key of its field and column where it is within one. */
export const pathInForm = (
  form: ComparedRules['form'],
  [first, section, part, index, inner, column]: Place,
): string => {
  if (first === 'rules') return 'form.rules';
  if (part !== 'fields' || index === undefined)
    return part === undefined || part === 'fields' ? 'form' : 'form.sections';
  const field = form.sections[Number(section)]?.fields[Number(index)];
  const path = `form.${field?.key}`;
  if (field?.type !== 'table' || inner !== 'columns' || column === undefined) return path;
  return `${path}.columns.${field.columns[Number(column)]?.key}`;
};

/** Titles of sections are headings: what is asked stays the same. */
export const isHeading = ([first, , part]: Place): boolean => first === 'sections' && part === 'title';
