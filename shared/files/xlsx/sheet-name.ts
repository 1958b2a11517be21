import { trimEnds } from '../trim-ends.ts';

/** Excel takes no longer name, in UTF-16 units. */
const LONGEST = 31;

const FORBIDDEN = /[[\]:*?/\\]/g;
/** What would read as an escape of XML's forbidden characters: programs differ in undoing it in names. */
const ESCAPE_LIKE = /_(?=x)/gi;
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}]/gu;

/** As many whole characters of a text as have room. */
const cut = (text: string, room: number): string => {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > room) break;
    kept += character;
  }
  return kept;
};

/** Excel refuses an apostrophe at either end. */
const AT_NO_END = /[\s']/;

const folded = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase();

/**
 * Makes legal names of sheets: at most 31 characters, none that Excel refuses, no apostrophe at either end, not the reserved `History`, and no two that differ
 * only in case or width. What is too long is cut; what is there already gets a number.
 */
export const sheetNames = (): ((title: string) => string) => {
  const taken = new Set(['history']);
  return (title) => {
    const legal = trimEnds(
      title.toWellFormed().normalize('NFC').replace(FORBIDDEN, '_').replace(INVISIBLE, '').replace(ESCAPE_LIKE, '-'),
      AT_NO_END,
    );
    const wanted = legal === '' ? '_' : legal;
    for (let number = 1; ; number += 1) {
      const suffix = number === 1 ? '' : ` (${number})`;
      const name = trimEnds(cut(wanted, LONGEST - suffix.length), AT_NO_END) + suffix;
      if (taken.has(folded(name))) continue;
      taken.add(folded(name));
      return name;
    }
  };
};
