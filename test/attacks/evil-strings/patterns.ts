import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from '@swc/core';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../../..');

const Literal = z.object({ type: z.literal('RegExpLiteral'), pattern: z.string(), flags: z.string() });

interface FoundPattern {
  /** File, relative to the root. */
  readonly file: string;
  readonly pattern: RegExp;
}

const literalsIn = (node: unknown): z.output<typeof Literal>[] => {
  if (typeof node !== 'object' || node === null) return [];
  const literal = Literal.safeParse(node);
  return literal.success ? [literal.data] : Object.values(node).flatMap(literalsIn);
};

/** Every regular expression that stands in the source of what runs on Lambda. */
export const patternsOfSource = (): FoundPattern[] =>
  ['shared', 'functions'].flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .flatMap((name) => {
        const file = join(folder, name);
        const module = parseSync(readFileSync(join(ROOT, file), 'utf8'), { syntax: 'typescript' });
        return literalsIn(module).map(({ pattern, flags }) => ({ file, pattern: new RegExp(pattern, flags) }));
      }),
  );

/** One of each kind of character, besides those the pattern itself has. */
const KINDS = ['a', 'A', '0', ' ', '\n', '_', '中', '\u200b', '\u0001'];

const alphabetOf = ({ source }: RegExp): string[] => [
  ...new Set([...KINDS, ...source.replace(/\\[a-zA-Z]/g, '')].filter((character) => character !== '\\')),
];

/** What the pattern might match again and again: each of its characters, and pairs of neighbours in it. */
export const pumpsOf = (pattern: RegExp): string[] => {
  const alphabet = alphabetOf(pattern);
  const pairs = alphabet.flatMap((one, index) =>
    alphabet.slice(index + 1, index + 4).flatMap((other) => [one + other, other + one]),
  );
  return [...alphabet, ...pairs];
};
