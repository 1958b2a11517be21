import { createHash } from 'node:crypto';

/** Words of two and three characters whose SHA-256 is among `digests`: names, which would be just as public written out in a test. */
export const namesIn = (text: string, digests: readonly string[]): string[] => {
  const words = new Set([...text].flatMap((_, start) => [text.slice(start, start + 2), text.slice(start, start + 3)]));
  return [...words].filter((word) => digests.includes(createHash('sha256').update(word).digest('hex')));
};

/** Mobile numbers, which are people's own. */
export const MOBILE = /(?<![0-9a-f])1[3-9][0-9]{9}(?![0-9a-f])/;
