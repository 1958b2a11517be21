import { at } from '#shared/domain/fault.ts';
import type { Aspect, Change, Shown, Thing } from './change.ts';

/** One aspect of a thing: `is` tells whether it changed ('' is nothing at all), `shown` how it is told. */
interface Trait {
  readonly is: string;
  readonly shown?: Shown | undefined;
}

/** In the order in which they are told. */
export type Traits = { readonly [aspect in Aspect]?: Trait };

/** An aspect that is told with its value; `identity` where the value is told in words that can change by themselves. */
export const told = (shown: Shown | undefined, identity: unknown = shown): Trait => ({
  is: JSON.stringify(identity) ?? '',
  shown,
});

/** An aspect of which only is told that it changed. */
export const untold = (value: unknown): Trait => ({ is: JSON.stringify(value) ?? '' });

type Subject = Pick<Change, 'thing' | 'name' | 'of'>;

const NOTHING: Trait = { is: '' };

/** Where in the definition an aspect stands, if not under its own name; '' is the thing itself. */
const PLACES: { readonly [aspect in Aspect]?: string } = {
  decides: 'rule',
  value: '',
  figures: '',
  payment: 'amount.payment',
  quotaParts: 'quota.parts',
  periodText: 'period.text',
  from: 'period.from',
  until: 'period.until',
  agreement: 'period.agreement',
  askedBy: 'field',
  evidence: 'evidence.needed',
  without: 'evidence.without',
  jointAllowed: 'allowed',
  jointText: 'text',
  sanctioned: 'history.sanctioned',
  overdue: 'history.overdue',
};

const NAMES: { readonly [thing in Thing]?: string } = {
  field: 'label',
  column: 'label',
  option: 'label',
  goal: 'text',
};

const placeOf = (path: string, thing: Thing, aspect: Aspect): string => {
  const place = aspect === 'name' ? (NAMES[thing] ?? 'title') : (PLACES[aspect] ?? aspect);
  return place === '' ? path : at(path, place);
};

/** A type guard for the keys of `Traits`, which are all that such an object has. */
const aspectsOf = (...all: readonly Traits[]): readonly Aspect[] => {
  const isAspect = (key: string): key is Aspect => all.some((traits) => Object.hasOwn(traits, key));
  return [...new Set(all.flatMap((traits) => Object.keys(traits)))].filter(isAspect);
};

/** Aspects that differ, each at its own path. A renamed thing is told by its old name, all else by the new one. */
export const compareTraits = (before: Traits, after: Traits, subject: Subject, path: string): Change[] =>
  aspectsOf(after, before).flatMap((aspect): Change[] => {
    const [old, next] = [before[aspect] ?? NOTHING, after[aspect] ?? NOTHING];
    if (old.is === next.is) return [];
    const kind = old.is === '' ? 'added' : next.is === '' ? 'removed' : 'changed';
    return [{ ...subject, path: placeOf(path, subject.thing, aspect), kind, aspect, from: old.shown, to: next.shown }];
  });

/** How the things of one list are told apart, named and looked into. */
interface Listed<Item> {
  readonly thing: Thing;
  readonly of?: string | undefined;
  readonly idOf: (item: Item) => string;
  readonly nameOf: (item: Item) => string;
  readonly pathOf: (item: Item, place: number) => string;
  /** Aspects of an item, of its version. */
  readonly traitsOf: (item: Item, version: 'before' | 'after') => Traits;
  readonly isRequired?: (item: Item) => boolean;
  /** What lies in an item that both versions have. */
  readonly inside?: (before: Item, after: Item, path: string) => readonly Change[];
}

/** Items by their ids; one id twice is the first and the second of it. */
const byId = <Item>(
  items: readonly Item[],
  idOf: (item: Item) => string,
): Map<string, { item: Item; place: number }> => {
  const seen = new Map<string, number>();
  return new Map(
    items.map((item, place) => {
      const id = idOf(item);
      const occurrence = seen.get(id) ?? 0;
      seen.set(id, occurrence + 1);
      return [`${id}\u0000${occurrence}`, { item, place }];
    }),
  );
};

/** What came, changed and went in a list, in that version's order; what went comes last. The order itself asks for nothing. */
export const compareLists = <Item>(
  before: readonly Item[],
  after: readonly Item[],
  { thing, of, idOf, nameOf, pathOf, traitsOf, isRequired, inside }: Listed<Item>,
): Change[] => {
  const [olds, nexts] = [byId(before, idOf), byId(after, idOf)];
  const came = [...nexts].flatMap(([id, { item, place }]): Change[] => {
    const old = olds.get(id)?.item;
    const path = pathOf(item, place);
    if (old === undefined) {
      return [{ path, kind: 'added', thing, of, name: nameOf(item), required: isRequired?.(item) }];
    }
    return [
      ...compareTraits(traitsOf(old, 'before'), traitsOf(item, 'after'), { thing, of, name: nameOf(item) }, path).map(
        (change) => (change.aspect === 'name' ? { ...change, name: nameOf(old) } : change),
      ),
      ...(inside?.(old, item, path) ?? []),
    ];
  });
  const went = [...olds].flatMap(([id, { item, place }]): Change[] =>
    nexts.has(id) ? [] : [{ path: pathOf(item, place), kind: 'removed', thing, of, name: nameOf(item) }],
  );
  return [...came, ...went];
};
