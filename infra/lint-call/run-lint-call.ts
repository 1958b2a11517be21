import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import type { Position } from '#shared/domain/fault.ts';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import type { Locale } from '#shared/http/locale.ts';
import { faultsToErrors } from '#shared/http/problem-reply.ts';
import { CannotStart } from '../local/cannot-start.ts';
import { type Finding, findingsIn } from './findings.ts';

const USAGE = 'npm run lint-call -- FILE [--lang zh|en]';

const SENTENCES = {
  zh: {
    unreadable: (file: string) => `${file} 读不到：请核对文件名和所在的文件夹。`,
    notUtf8: (file: string) => `${file} 不是 UTF-8 编码：请用编辑器另存为 UTF-8。`,
    counts: (errors: string, warnings: number) => `${errors} 处错误，${warnings} 处提醒。`,
    atLeast: '至少 ',
  },
  en: {
    unreadable: (file: string) => `${file} cannot be read: check its name and folder.`,
    notUtf8: (file: string) => `${file} is not UTF-8: save it as UTF-8.`,
    counts: (errors: string, warnings: number) => `errors: ${errors}, warnings: ${warnings}`,
    atLeast: 'at least ',
  },
} satisfies Record<Locale, unknown>;

const Arguments = z.object({
  values: z.object({ lang: z.enum(['zh', 'en']).default('zh') }),
  positionals: z.tuple([z.string().min(1)]),
});

const readArguments = (argv: readonly string[]): { file: string; locale: Locale } => {
  try {
    const { values, positionals } = Arguments.parse(
      parseArgs({ args: [...argv], options: { lang: { type: 'string' } }, allowPositionals: true }),
    );
    return { file: positionals[0], locale: values.lang };
  } catch (cause) {
    throw new CannotStart(USAGE, { cause });
  }
};

const readText = (file: string, locale: Locale): string => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (cause) {
    throw new CannotStart(SENTENCES[locale].unreadable(resolve(file)), { cause });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new CannotStart(SENTENCES[locale].notUtf8(resolve(file)), { cause });
  }
};

const START: Position = { line: 1, column: 1 };

const lineOf = (file: string, { level, fault }: Finding, locale: Locale): string => {
  const { line, column } = fault.position ?? START;
  const [{ path, code, message } = { path: '', code: '', message: '' }] = faultsToErrors([fault], locale);
  return `${file}:${line}:${column}: ${level} ${code}${path === '' ? '' : ` ${path}`}: ${message}`;
};

const inOrder = (one: Finding, other: Finding): number => {
  const [before, after] = [one.fault.position ?? START, other.fault.position ?? START];
  return before.line - after.line || before.column - after.column;
};

/**
 * Checks the call definition in a file and gives the lines to print: each finding as editors read it, in the order of the file, and their counts.
 *
 * @throws CannotStart, in one line, where the file cannot be read or none is named
 */
export const runLintCall = (argv: readonly string[]): { lines: string[]; exitCode: 0 | 1 } => {
  const { file, locale } = readArguments(argv);
  const findings = findingsIn(readText(file, locale)).sort(inOrder);
  const errors = findings.filter(({ level }) => level === 'error').length;
  const { atLeast, counts } = SENTENCES[locale];
  return {
    lines: [
      ...findings.map((finding) => lineOf(file, finding, locale)),
      counts(errors < MAX_FAULTS ? `${errors}` : `${atLeast}${errors}`, findings.length - errors),
    ],
    exitCode: errors === 0 ? 0 : 1,
  };
};
