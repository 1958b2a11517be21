import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseLocatedYaml } from '#shared/domain/call/parse-yaml.ts';
import { runsOf } from '#test/support/property-runs.ts';
import { brokenText } from './broken-definitions.ts';

/** `line:column` of a fault at each path. */
const placesIn = (text: string, ...paths: string[]) =>
  parseLocatedYaml(text)
    .locate(paths.map((path) => ({ path, code: 'INVALID' })))
    .map(({ position }) => `${position?.line}:${position?.column}`);

const TEXT = `# a comment
title: 通知
period: { from: "2022-01-01", text: 全年 }
categories:
  - code: "1"
    applicants: [市级学会, 高校科协]
  -
  - code: "2"
`;

describe('locateFaults', () => {
  it.each([
    ['title', '2:1'],
    ['period.text', '3:31'],
    ['categories', '4:1'],
    ['categories[0]', '5:5'],
    ['categories[0].applicants[1]', '6:24'],
    ['categories[2].code', '8:5'],
  ])('tells %s by its key, an item by itself', (path, place) => {
    expect(placesIn(TEXT, path)).toEqual([place]);
  });

  it.each([
    ['period.until', '3:1'],
    ['categories[0].form', '5:5'],
    ['categories[2].period.text', '8:5'],
    ['categories[9].code', '4:1'],
    ['forms.apply', '2:1'],
    ['', '2:1'],
  ])('tells %s, which is missing, by what it is missing from', (path, place) => {
    expect(placesIn(TEXT, path)).toEqual([place]);
  });

  it('finds a key that is its author’s own text, with dots and brackets, or cut for its length', () => {
    const long = '很'.repeat(80);
    const text = `forms:\n  a.b[0]: 1\n  ${long}: 2\n  a: 3`;
    expect(placesIn(text, 'forms.a.b[0]', `forms.${long.slice(0, 60)}…`, `forms.${long}`, 'forms.a')).toEqual([
      '2:3',
      '3:3',
      '3:3',
      '4:3',
    ]);
  });

  it('reads JSON, indented by tabs too', () => {
    const json = JSON.stringify({ title: 'a', categories: [{ code: '1' }] }, null, '\t');
    expect(placesIn(json, 'categories[0].code', 'categories[0].form', 'forms')).toEqual(['5:4', '4:3', '1:1']);
  });

  it('tells of an empty text by its beginning', () => {
    expect(placesIn('', 'title')).toEqual(['1:1']);
    expect(placesIn('# nothing\n', '')).toHaveLength(1);
  });

  it('leaves the faults as they are otherwise, in their order', () => {
    const faults = [
      { path: 'title', code: 'TOO_LONG', params: { limit: 200 }, clause: '通知 一' },
      { path: 'categories', code: 'TOO_FEW' },
    ] as const;
    expect(parseLocatedYaml(TEXT).locate(faults)).toEqual([
      { ...faults[0], position: { line: 2, column: 1 } },
      { ...faults[1], position: { line: 4, column: 1 } },
    ]);
  });

  it('tells every fault of a broken call by the key it names, or by what is around it', () => {
    const codes = new Set<string>();
    fc.assert(
      fc.property(brokenText, (text) => {
        const { value, locate } = parseLocatedYaml(text);
        const { faults, warnings } = checkDefinition(value);
        const lines = text.split(/\r?\n/);
        for (const { path, code, position } of locate([...faults, ...warnings])) {
          codes.add(code);
          const rest = lines[(position?.line ?? 0) - 1]?.slice((position?.column ?? 0) - 1) ?? '';
          expect(rest, `${path} ${code}`).toMatch(/^\S/);
          const key = lastKeyThatIsThere(value, path);
          if (key !== undefined) expect(rest.replace(/^"/, ''), `${path} ${code}`).toSatisfy(startsWith(key));
        }
      }),
      { numRuns: runsOf(60) },
    );
    expect(codes.size).toBeGreaterThan(5);
  }, 60_000);
});

const startsWith = (key: string) => (rest: string) => rest.startsWith(key);

/** The last step of a path that the value has, if it is a key: walked by hand, keys of these calls have no dots. A fault names a long key whole, or cut. */
const lastKeyThatIsThere = (value: unknown, path: string): string | undefined => {
  let last: string | undefined;
  let inner = value;
  for (const [, index, key] of path.matchAll(/\[(\d+)\]|([^.[\]…]+)…?/g)) {
    if (typeof inner !== 'object' || inner === null) break;
    const step = Object.keys(inner).find(
      (name) => name === index || (key !== undefined && (name === key || name.slice(0, 60) === key)),
    );
    if (step === undefined) break;
    last = key;
    inner = Reflect.get(inner, step);
  }
  return last;
};
