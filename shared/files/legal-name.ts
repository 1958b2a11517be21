import { trimEnds } from './trim-ends.ts';

/** Control and format characters (bidi overrides show a name backwards), line separators, halves of pairs, unassigned and private ones. */
const INVISIBLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Cn}\p{Co}]/gu;

/** Separators of paths, and what Windows cannot store. */
const RESERVED = /[/\\<>:"|?*]/g;

/** Names of devices on Windows, whatever follows a dot. */
const DEVICE = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)/i;

/** An extension that is kept when a name is cut. */
const EXTENSION = /\.[^.\s]{1,10}$/u;

/** File systems take 255 bytes a name, Windows 260 characters a path, folders included. */
const MOST_BYTES = 200;

const bytesOf = (text: string): number => Buffer.byteLength(text, 'utf8');

/** As many whole characters as have room. */
const cut = (text: string, characters: number, bytes: number): string => {
  let kept = '';
  for (const character of text) {
    if (kept.length + character.length > characters || bytesOf(kept) + bytesOf(character) > bytes) break;
    kept += character;
  }
  return kept;
};

/** Windows drops blanks and dots at the end by itself, and two names would become one. */
const trimmed = (name: string): string => trimEnds(name, /[\s.]/);

const bounded = (name: string, longest: number, suffix: string): string => {
  const [extension = ''] = EXTENSION.exec(name) ?? [];
  const stem = extension === '' ? name : name.slice(0, -extension.length);
  const end = `${suffix}${extension}`;
  return `${trimmed(cut(stem, longest - end.length, MOST_BYTES - bytesOf(end)))}${end}`;
};

/**
 * One name of a file or folder that every system takes, Windows too: no separators, no devices, nothing invisible that would show it as another name, at most
 * `longest` characters. It can be no path: neither `..` nor empty.
 */
export const legalName = (text: string, longest: number): string => {
  const legal = trimmed(
    text.toWellFormed().normalize('NFC').replace(RESERVED, '_').replace(INVISIBLE, '').replace(/\s+/gu, ' '),
  );
  const named = legal === '' || DEVICE.test(legal) ? `_${legal}` : legal;
  return bounded(named, longest, '');
};

/** Two names that some file system takes for one have the same: whatever their case, width and composition. */
export const sameName = (name: string): string => name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');

/** Makes legal names that are unique among those it made: what is there already gets a number before its extension. */
export const uniqueNames = (longest: number): ((text: string) => string) => {
  const taken = new Set<string>();
  return (text) => {
    const legal = legalName(text, longest);
    for (let number = 1; ; number += 1) {
      const name = number === 1 ? legal : bounded(legal, longest, ` (${number})`);
      if (taken.has(sameName(name))) continue;
      taken.add(sameName(name));
      return name;
    }
  };
};
