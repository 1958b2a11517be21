import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

const faultsOf = (text: string) => {
  try {
    parseYaml(text);
  } catch (error) {
    if (error instanceof InvalidRequest) return error.faults;
    throw error;
  }
  return [];
};

describe('parseYaml', () => {
  it('reads a notice of this repository', () => {
    const text = readFileSync(new URL('../../../../shared/calls/changde-2022/call.yaml', import.meta.url), 'utf8');
    expect(parseYaml(text)).toMatchObject({ organiser: 'changde-kexie', closes: '2022-03-31', limitPerUnit: 3 });
  });

  it('keeps dates, yes and numeric keys as text', () => {
    expect(parseYaml('closes: 2022-03-31\nanswer: yes\n1: one\n<<: { a: 1 }')).toEqual({
      closes: '2022-03-31',
      answer: 'yes',
      '1': 'one',
      '<<': { a: 1 },
    });
  });

  // What officers write who never wrote YAML, and where they have to look.
  it.each([
    ['a tab before a key', 'a: 1\nb:\n\tc: 2', 'tab', 3, 1],
    ['a key that does not line up', 'a:\n   b: 1\n  c: 2', 'indent', 3, 1],
    ['a part of an item that does not line up', 'a:\n  - b: 1\n   c: x', 'indent', 3, 1],
    ['an open brace', 'a: { b: 一, c: 1\nd: 2', 'indent', 2, 1],
    ['an open bracket', 'title: [a,\ncloses: b', 'indent', 2, 1],
    ['no comma between two texts', 'a: ["甲" "乙"]', 'bracket', 1, 9],
    ['an open quote', 'a: 1\nb: "2024-05-01\nc: 2\nd: 3', 'quote', 2, 4],
    ['an open quote behind others', `a: "甲"\nb: 'x'\nc: 乙\nd: [丙, "丁"]\ne: "戊`, 'quote', 5, 4],
    ['an open quote in a list', 'a:\n  - "甲"\n  - "乙\n  - 丙', 'quote', 3, 5],
    ['a quote closed by another kind', `a: 1\nb: '2024-05-01"\nc: 2`, 'quote', 2, 4],
    ['a colon with no blank', 'a: 1\norganiser:abc\nb: 2', 'pair', 2, 1],
    ['a full-width colon', 'a: 1\n标题：关于\nb: 2', 'pair', 2, 1],
    ['a colon in a text', 'a: 1\nb: 说明: 一', 'nested', 2, 4],
    ['a text that begins with a sign', 'a: @甲', 'start', 1, 4],
    ['a backslash in double quotes', 'a: "甲\\日"', 'escape', 1, 6],
    ['words behind a quote', 'a: "甲"乙', 'sign', 1, 7],
    ['braces within braces', 'a: { text: 经{meeting}研究, k: 1 }\nb: 2', 'sign', 1, 13],
    ['a full-width comma within braces', 'a: { b: 一，c: 1 }', 'sign', 1, 9],
    ['a second document', 'a: 1\n---\nb: 2', 'document', 2, 1],
    ['a tag', 'a: !注意 甲', 'tag', 1, 5],
    ['a line that is no pair', 'a: 1\norganiser', 'pair', 2, 1],
  ])('says what is wrong with %s, once and where', (_, text, of, line, column) => {
    expect(faultsOf(text)).toEqual([{ path: '', code: 'SYNTAX', params: { of }, position: { line, column } }]);
  });

  it.each([
    ['a second document', 'a: 1\n---\nb: 2'],
    ['a tag that makes a date', 'a: !!timestamp 2022-01-01'],
    ['a tag that makes bytes', 'a: !!binary aGk='],
    ['a tag of its own', 'a: !ruby/object x'],
    ['a key that is no text', '? [a]\n: 1'],
  ])('refuses %s', (_, text) => {
    expect(faultsOf(text)[0]).toMatchObject({ code: 'SYNTAX' });
  });

  it('refuses aliases, so that no small text unfolds to a large one', () => {
    const lines = ['a0: &a0 [x, x]'];
    for (let level = 1; level < 30; level += 1) lines.push(`a${level}: &a${level} [*a${level - 1}, *a${level - 1}]`);
    expect(faultsOf(lines.join('\n'))[0]).toEqual({
      path: 'a1[0]',
      code: 'YAML_ALIAS',
      position: { line: 2, column: 10 },
    });
  });

  it('names every key that stands twice', () => {
    expect(faultsOf('a: 1\nb:\n  c: 1\n  c: 2\na: 3')).toEqual([
      { path: 'b.c', code: 'DUPLICATE', position: { line: 4, column: 3 } },
      { path: 'a', code: 'DUPLICATE', position: { line: 5, column: 1 } },
    ]);
  });

  it('refuses __proto__ and changes no prototype', () => {
    expect(faultsOf('forms:\n  __proto__:\n    polluted: true')).toEqual([
      { path: 'forms', code: 'UNKNOWN', position: { line: 2, column: 3 } },
    ]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('refuses a lone surrogate', () => {
    expect(faultsOf('title: "\\uD800"')).toEqual([
      { path: 'title', code: 'INVALID', position: { line: 1, column: 8 } },
    ]);
  });

  const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`;

  it('reads 64 levels and refuses one more', () => {
    expect(faultsOf(nested(64))).toEqual([]);
    expect(faultsOf(nested(65))).toEqual([{ path: '', code: 'TOO_LARGE', params: { of: 'depth', limit: 64 } }]);
  });

  it.each([
    ['commas', ','.repeat(250_001)],
    ['dashes before blanks', '- '.repeat(250_001)],
    ['dashes at the end of lines', '-\n'.repeat(125_001)],
    ['a colon at the end of the text', `${','.repeat(250_000)}:`],
  ])('refuses a text of more signs than its library reads in time: %s', (_, text) => {
    expect(faultsOf(text)).toEqual([{ path: '', code: 'TOO_COMPLEX', params: { limit: 250_000 } }]);
  });

  it.each([
    ['open brackets', '['.repeat(100_000)],
    ['closed brackets', nested(100_000)],
    ['block sequences', `${'- '.repeat(100_000)}\na: 1`],
    ['maps on one line', '{a: '.repeat(100_000)],
  ])('refuses a bomb of %s', (_, text) => {
    expect(faultsOf(text)).toEqual([{ path: '', code: 'TOO_LARGE', params: { of: 'depth', limit: 64 } }]);
  });
});
