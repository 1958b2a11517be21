import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runLintCall } from '#infra/lint-call/run-lint-call.ts';
import { CannotStart } from '#infra/local/cannot-start.ts';
import { writtenCall } from '#test/support/calls.ts';

const CHANGDE = 'shared/calls/changde-2022/call.yaml';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lint-call-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const lint = (...parameters: string[]) => runLintCall(parameters);

const write = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};

/** The line, as it is printed, that begins with this text. */
const lineOf = (text: string, beginning: string) =>
  String(text.split('\n').findIndex((line) => line.startsWith(beginning)) + 1);

describe('npm run lint-call', () => {
  it('prints every fault where it stands, in the order of the file', () => {
    const text = readFileSync(CHANGDE, 'utf8')
      .replace('limitPerUnit: 3', 'limitPerUnit: "3"')
      .replace('\ntitle:', '\ntitel:')
      .replace(/code: "?2-1"?/, 'code: "1"');
    const file = write('broken.yaml', text);
    const { exitCode, lines } = lint(file);
    expect(exitCode).toBe(1);
    expect(lines.slice(0, -1).map((line) => /^(.*):(\d+):(\d+): (\w+ \w+ \S+): \S/.exec(line)?.slice(1))).toEqual([
      [file, lineOf(text, 'titel:'), '1', 'error REQUIRED title'],
      [file, lineOf(text, 'titel:'), '1', 'error UNKNOWN titel'],
      [file, lineOf(text, 'closes:'), '1', 'warning DEADLINE_WITHOUT_HOUR closes'],
      [file, lineOf(text, 'limitPerUnit:'), '1', 'error WRONG_TYPE limitPerUnit'],
      [file, lineOf(text, '  closes:'), '3', 'warning DEADLINE_WITHOUT_HOUR paper.closes'],
      [file, expect.any(String), '9', 'error DUPLICATE categories[1].categories[0].code'],
    ]);
    expect(lines.at(-1)).toBe('4 处错误，2 处提醒。');
  });

  it('reads JSON, and speaks English', () => {
    const file = write('call.json', JSON.stringify(writtenCall({ title: '' }), null, 2));
    expect(lint(file, '--lang', 'en').lines).toEqual([
      `${file}:2:3: error TOO_SHORT title: Too short: at least 1 characters.`,
      expect.stringContaining(': warning DEADLINE_WITHOUT_HOUR closes: No hour is given'),
      'errors: 1, warnings: 1',
    ]);
  });

  it('tells broken YAML by its line', () => {
    const file = write('syntax.yaml', 'title: [a\nopens: b\n');
    expect(lint(file)).toEqual({
      exitCode: 1,
      lines: [
        `${file}:2:1: error SYNTAX: 第 2 行的缩进与同一层的其他行没有对齐；对齐了的，看看前面的 {、[ 是否都有收尾。`,
        '1 处错误，0 处提醒。',
      ],
    });
  });

  it('says that there are more faults than it counts', () => {
    const keys = Array.from({ length: 1_100 }, (_, index) => `key${index}: 1`).join('\n');
    expect(lint(write('many.yaml', keys)).lines.at(-1)).toBe('至少 1000 处错误，0 处提醒。');
  });

  it('refuses a file larger than a save takes', () => {
    const file = write('large.yaml', `title: a\n${'#'.repeat(2 * 1024 * 1024)}\n`);
    expect(lint(file)).toMatchObject({
      exitCode: 1,
      lines: [expect.stringMatching(/:1:1: error TOO_LARGE: /), expect.any(String)],
    });
  });

  it('finds a form that is right and that no item can hold', () => {
    // Text that does not compress: 8 sections of 20 notes of 2,000 characters, some 570 KB packed.
    const noise = () =>
      Array.from(crypto.getRandomValues(new Uint16Array(2_000)), (number) =>
        String.fromCodePoint(0x4e00 + (number % 20_000)),
      ).join('');
    const statements = () => Array.from({ length: 20 }, () => ({ kind: 'note', text: noise() }));
    const sections = Array.from({ length: 8 }, () => ({ title: 't', statements: statements() }));
    const file = write('heavy.json', JSON.stringify(writtenCall({ forms: { apply: { title: 't', sections } } })));
    expect(lint(file).lines).toContainEqual(expect.stringMatching(/ error TOO_LARGE forms\.apply: /));
  });

  it.each([
    ['no file', [], 'npm run lint-call -- FILE'],
    ['two files', [CHANGDE, CHANGDE], 'npm run lint-call -- FILE'],
    ['a language it does not speak', [CHANGDE, '--lang', 'fr'], 'npm run lint-call -- FILE'],
    ['an option it does not know', [CHANGDE, '--fix'], 'npm run lint-call -- FILE'],
    ['a file that is not there', ['nowhere.yaml'], 'nowhere.yaml 读不到'],
    ['a folder', ['shared/calls', '--lang', 'en'], 'shared/calls cannot be read'],
  ])('reads nothing of %s, and says so in one line', (_, parameters, sentence) => {
    expect(() => lint(...parameters)).toThrow(CannotStart);
    expect(() => lint(...parameters)).toThrow(sentence);
    expect(() => lint(...parameters)).not.toThrow('\n');
  });

  it('reads no file that is not UTF-8, as old Windows programs save', () => {
    // 标题 in GBK.
    const file = write('gbk.yaml', Uint8Array.of(0xb1, 0xea, 0xcc, 0xe2, 0x3a, 0x20, 0x31));
    expect(() => lint(file)).toThrow('不是 UTF-8');
  });
});
