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

  it('says where the syntax is wrong', () => {
    expect(faultsOf('title: [a,\ncloses: b')).toEqual([{ path: '', code: 'SYNTAX', position: { line: 2, column: 1 } }]);
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
    expect(faultsOf(nested(65))).toEqual([{ path: '', code: 'TOO_LARGE', params: { limit: 64 } }]);
  });

  it.each([
    ['open brackets', '['.repeat(100_000)],
    ['closed brackets', nested(100_000)],
    ['block sequences', `${'- '.repeat(100_000)}\na: 1`],
    ['maps on one line', '{a: '.repeat(100_000)],
  ])('refuses a bomb of %s', (_, text) => {
    expect(faultsOf(text)).toEqual([{ path: '', code: 'TOO_LARGE', params: { limit: 64 } }]);
  });
});
