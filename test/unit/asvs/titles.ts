import { parseSync } from '@swc/core';
import * as z from 'zod';

const Identifier = z.object({ type: z.literal('Identifier'), value: z.string() });
const Member = z.object({ type: z.literal('MemberExpression'), object: z.unknown(), property: z.unknown() });
const Call = z.object({
  type: z.literal('CallExpression'),
  callee: z.unknown(),
  arguments: z.array(z.object({ expression: z.unknown() })),
});
const Text = z.union([
  z.object({ type: z.literal('StringLiteral'), value: z.string() }).transform(({ value }) => value),
  z
    .object({
      type: z.literal('TemplateLiteral'),
      expressions: z.array(z.unknown()),
      quasis: z.array(z.object({ raw: z.string() })),
    })
    .transform(({ expressions, quasis }) =>
      quasis
        .map(({ raw }, place) => {
          const { data } = Identifier.safeParse(expressions[place]);
          return `${raw}${place < expressions.length ? `\${${data?.value ?? ''}}` : ''}`;
        })
        .join(''),
    ),
]);

/** `test.each` of `test.each(rows)(title, …)`: the names from the left. */
const namesOf = (callee: unknown): string[] => {
  const identifier = Identifier.safeParse(callee);
  if (identifier.success) return [identifier.data.value];
  const member = Member.safeParse(callee);
  if (member.success) return [...namesOf(member.data.object), ...namesOf(member.data.property)];
  const call = Call.safeParse(callee);
  return call.success ? namesOf(call.data.callee) : [];
};

const TESTS = new Set(['it', 'test', 'describe']);
const NOT_RUN = new Set(['skip', 'skipIf', 'runIf', 'todo', 'fails', 'only']);

const titlesIn = (node: unknown): string[] => {
  if (typeof node !== 'object' || node === null) return [];
  const inside = (): string[] => Object.values(node).flatMap(titlesIn);
  const call = Call.safeParse(node);
  if (!call.success) return inside();
  const [first = '', ...modifiers] = namesOf(call.data.callee);
  if (!TESTS.has(first)) return inside();
  if (modifiers.some((one) => NOT_RUN.has(one))) return [];
  const title = Text.safeParse(call.data.arguments[0]?.expression);
  return title.success ? [title.data, ...inside()] : inside();
};

/** Titles of the tests and groups in the source of a test file that run: what is skipped, and what is in a group that is, has none. */
export const titlesOf = (source: string): Set<string> => new Set(titlesIn(parseSync(source, { syntax: 'typescript' })));

const MARKS = /^(?:#{1,6} |[-*|] |\d+\. |\/\*\* )/;
/** What ends a line that goes on in the next one: the next one is blank, or begins with a mark of its own. */
const BLOCKS = /\n\s*\n|\n(?=\s*(?:#{1,6} |[-|] |\d+\. |\/\*\*))/;
const LEAST_WORDS = 4;

/** Headings of a text, words in bold at the beginning of a point, and whole sentences of at least four words. */
export const statementsOf = (text: string): Set<string> =>
  new Set(
    // What stands between fences is no sentence.
    text
      .replaceAll(/^```[\s\S]*?^```/gm, '')
      .split(BLOCKS)
      .flatMap((block) => {
        const line = block.replaceAll(/\n\s*(?:\* )?/g, ' ').trim();
        if (line.startsWith('#')) return [line.replace(MARKS, '')];
        const bold = /^- \*\*([^*]+)\*\*/.exec(line)?.[1];
        const sentences = line
          .split(/(?<=[.;])\s| \| /)
          .map((sentence) =>
            sentence
              .replace(MARKS, '')
              .replace(/ ?\*\/.*$/, '')
              .replace(/[.;:]$| \|$/, ''),
          )
          .filter((sentence) => sentence.split(/\s/).length >= LEAST_WORDS);
        return bold === undefined ? sentences : [bold, ...sentences];
      }),
  );
