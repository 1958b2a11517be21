import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';

const DIRECTORY = join(import.meta.dirname, '../../../shared/calls/changde-2022');

export const EXAMPLE_CALL_ID = 'changde-2022';

/**
 * The Changde call as its officer would send it, everything as printed but the deadline.
 * @param closes ISO instant
 * @returns YAML
 */
export const exampleCall = (closes: string): string => {
  const document = parseDocument(readFileSync(join(DIRECTORY, 'call.yaml'), 'utf8'));
  document.set('closes', closes);
  return document.toString();
};

/** Example answers of a form, complete and without fault. */
export const exampleAnswers = (name: 'party-building' | 'capability'): Record<string, unknown> =>
  JSON.parse(readFileSync(join(DIRECTORY, 'examples', `${name}.json`), 'utf8'));

/** The notice's own annexes by their SHA-256, which is how the definition names them. */
export const exampleAnnexes = (): Map<string, Buffer> => {
  const directory = join(DIRECTORY, 'annexes');
  return new Map(
    readdirSync(directory)
      .map((file) => readFileSync(join(directory, file)))
      .map((bytes) => [createHash('sha256').update(bytes).digest('hex'), bytes]),
  );
};
