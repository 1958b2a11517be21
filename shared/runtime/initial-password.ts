import { randomInt } from 'node:crypto';

// No two characters look alike, in print or by hand, nor does a capital look like its small letter: no 0 O o Q, 1 I l i j, 2 Z z, 5 S s, 6 G b, 8 B, 9 g q, C c, K, P, U V v, W, X.
const CAPITALS = 'ADEFHJLMNRTY';
const SMALL = 'acdefhkmnprtuwxy';
const DIGITS = '346789';
const ALL = `${CAPITALS}${SMALL}${DIGITS}`;

const GROUPS = 4;
const GROUP_LENGTH = 4;

const holdsOne = (text: string, characters: string): boolean => [...text].some((each) => characters.includes(each));

/**
 * A password to be written on a note and typed once: four groups of four with hyphens between, some 81 random bits. It holds a capital, a small letter, a
 * digit and, by the hyphens, a symbol, as the user pool asks.
 */
export const generateInitialPassword = (): string => {
  for (;;) {
    const characters = Array.from({ length: GROUPS * GROUP_LENGTH }, () => ALL.charAt(randomInt(ALL.length))).join('');
    if (![CAPITALS, SMALL, DIGITS].every((some) => holdsOne(characters, some))) continue;
    return Array.from({ length: GROUPS }, (_, group) =>
      characters.slice(group * GROUP_LENGTH, (group + 1) * GROUP_LENGTH),
    ).join('-');
  }
};
