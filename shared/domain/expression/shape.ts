import type { MoneyUnit } from '#shared/domain/money/decimal.ts';

/** What a value of a rule is, with the most it can hold: rules are type-checked by the one and bounded by the other. */
export type Shape =
  | { readonly kind: 'bool' }
  /** `money`: the unit of the answer it is made from; a rule reads it in 分. */
  | { readonly kind: 'int'; readonly money?: MoneyUnit }
  /** `length` counts UTF-16 units. `options`: where it can only be one of these; `flag`: where it is the key of one. */
  | { readonly kind: 'string'; readonly length: number; readonly options?: ReadonlySet<string>; readonly flag?: true }
  | ListShape
  | RecordShape;

export interface ListShape {
  readonly kind: 'list';
  readonly count: number;
  readonly item: Shape;
}

/** `name` is the type's own, unique in a scope. */
export interface RecordShape {
  readonly kind: 'record';
  readonly name: string;
  readonly fields: ReadonlyMap<string, Shape>;
}

/** What a rule can read, by name. */
export type Scope = ReadonlyMap<string, Shape>;

export const BOOL: Shape = { kind: 'bool' };
export const INT: Shape = { kind: 'int' };

export const stringOf = (length: number): Shape => ({ kind: 'string', length });

export const listOf = (count: number, item: Shape): ListShape => ({ kind: 'list', count, item });

export const recordOf = (name: string, fields: Iterable<readonly [string, Shape]>): RecordShape => ({
  kind: 'record',
  name,
  fields: new Map(fields),
});

/** The type as CEL writes it. */
export const typeOf = (shape: Shape): string => {
  switch (shape.kind) {
    case 'list':
      return `list<${typeOf(shape.item)}>`;
    case 'record':
      return shape.name;
    default:
      return shape.kind;
  }
};

/** Whether a list never has an element, or has none but such lists. The library cannot tell what its elements are and takes them for any. */
export const isOfNothing = (shape: Shape): boolean =>
  shape.kind === 'list' && (shape.count === 0 || isOfNothing(shape.item));

/** What is either of two: the larger of both, where they are of one kind. */
export const joined = (one: Shape, other: Shape): Shape => {
  if (one.kind === 'string' && other.kind === 'string') return stringOf(Math.max(one.length, other.length));
  // `[]` says nothing of its elements, and must not make those of the other look small.
  if (one.kind === 'list' && other.kind === 'list')
    return one.count === 0 ? other : listOf(Math.max(one.count, other.count), joined(one.item, other.item));
  return one;
};

/** A step moves or compares so many UTF-16 units: engines do that in bulk. */
const UNITS_PER_STEP = 64;

/** Steps that comparing or copying a value takes, besides the one for doing it at all. */
export const weightOf = (shape: Shape): number => {
  switch (shape.kind) {
    case 'string':
      return Math.ceil(shape.length / UNITS_PER_STEP);
    case 'list':
      return shape.count * (1 + weightOf(shape.item));
    case 'record':
      return [...shape.fields.values()].reduce((sum, field) => sum + 1 + weightOf(field), 0);
    default:
      return 0;
  }
};

/** Steps that looking for one text in another takes: at worst every place of it is compared with all of what is looked for. */
export const searchWeight = (text: number, wanted: number): number =>
  Math.ceil((text * Math.max(wanted, 1)) / UNITS_PER_STEP);
