import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { CannotStart } from '../cannot-start.ts';

const EVENTS = join(import.meta.dirname, '../../../events');

const readFirst = (files: readonly string[]): string | undefined => {
  for (const file of files) {
    try {
      return readFileSync(file, 'utf8');
    } catch {
      // The next one may be there.
    }
  }
  return undefined;
};

/**
 * An event of events/ (`submissions/submit-submission`) or of any other file.
 * @throws CannotStart when there is none, or it is no JSON
 */
export const readEvent = (name: string): unknown => {
  const text = readFirst([join(EVENTS, `${name}.json`), name]);
  if (text === undefined)
    throw new CannotStart(
      `There is no event "${name}": name one of events/, as submissions/submit-submission, or a file.`,
    );
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CannotStart(`The event "${name}" is no JSON.`, { cause });
  }
};

const Parts = z.record(z.string(), z.unknown());

const replaced = (part: unknown, text: string, path: string): unknown => {
  if (part === undefined || typeof part === 'string') return text;
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new CannotStart(`${path} is no text: give JSON instead of ${text}.`, { cause });
  }
};

const replaceIn = (part: unknown, steps: readonly string[], text: string, path: string): unknown => {
  const [step, ...rest] = steps;
  if (step === undefined) return replaced(part, text, path);
  const parts = Parts.safeParse(part ?? {}).data;
  if (parts === undefined) throw new CannotStart(`The event has no ${path}: "${step}" lies in what has no parts.`);
  return { ...parts, [step]: replaceIn(parts[step], rest, text, path) };
};

/**
 * The event with parts replaced or added, each written `pathParameters.submissionId=…`: as text where there was text or nothing, as JSON otherwise.
 * @throws CannotStart for what is not written so
 */
export const replaceParts = (event: unknown, replacements: readonly string[]): unknown =>
  replacements.reduce((changed: unknown, replacement) => {
    const at = replacement.indexOf('=');
    if (at < 1)
      throw new CannotStart(`--set takes PATH=VALUE, as pathParameters.submissionId=…, not "${replacement}".`);
    const path = replacement.slice(0, at);
    return replaceIn(changed, path.split('.'), replacement.slice(at + 1), path);
  }, event);
