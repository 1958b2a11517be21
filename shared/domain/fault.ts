import type { FaultCode } from '#shared/contract/problem.ts';

/** A place in a text, as editors count: both from 1, columns in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * One thing wrong with what somebody handed in, as data: where (`path`, dotted with [index]), what (`code`), the figures the message needs
 * (`params`) and the clause of the notice the rule comes from. The sentence itself is made at the edge, in the reader's language; params carry
 * limits, labels and counts, never the value handed in; of an attachment its file name too, which its own unit gave it. They fill a reply and are never logged.
 */
export interface Fault {
  readonly path: string;
  readonly code: FaultCode;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly clause?: string;
  /** Where in the text that was handed in, for those who wrote it by hand (YAML). */
  readonly position?: Position;
}

/** Appends a key or an index to a fault's path: `at('participants', 0, 'name')` is `participants[0].name`. */
export const at = (...steps: readonly (string | number)[]): string =>
  steps.reduce<string>((path, step) => {
    if (typeof step === 'number') return `${path}[${step}]`;
    return path === '' ? step : `${path}.${step}`;
  }, '');

/** A key nobody knows is the author's own text: cut before it is given back in a path. */
export const shownKey = (key: PropertyKey): string | number => {
  if (typeof key === 'number') return key;
  const text = String(key);
  // Whole again after the cut, which may come between the two halves of a character.
  return (text.length > 60 ? `${text.slice(0, 60)}…` : text).toWellFormed();
};
