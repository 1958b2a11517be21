import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { statementsOf, titlesOf } from './titles.ts';

const ROOT = new URL('../../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, ROOT), 'utf8');

/** Level of every requirement of levels 1 and 2, by its id. */
const LEVELS = z.record(z.string(), z.int()).parse(JSON.parse(read('test/asvs/requirements.json')));

const VERDICTS = ['shown', 'written', 'provider', 'partial', 'unmet', 'n/a'] as const;

interface Row {
  readonly id: string;
  readonly level: string;
  readonly requirement: string;
  readonly verdict: string;
  readonly by: string;
}

const rowsOf = (table: string): Row[] =>
  table.split('\n').flatMap((line) => {
    const [, id = '', level = '', requirement = '', verdict = '', by = ''] = line
      .split(' | ')
      .flatMap((cell, place) => (place === 0 ? ['', cell.replace(/^\| /, '')] : cell.replace(/ \|$/, '')));
    return /^V\d/.test(id) ? { id, level, requirement, verdict, by } : [];
  });

/** `file` › title, as often as it stands in a cell. */
const namedIn = (by: string): { file: string; title: string }[] =>
  by.split('<br>').flatMap((part) => {
    const found = /^(?:[^`]*: )?`([^`]+)` › (.+)$/.exec(part);
    return found?.[1] === undefined || found[2] === undefined ? [] : { file: found[1], title: found[2] };
  });

/** Of each file what may be named of it: the tests that it runs, or else what it says. */
const named = new Map<string, ReadonlySet<string>>();

const nameable = (file: string): ReadonlySet<string> => {
  if (!existsSync(new URL(file, ROOT))) return new Set();
  const found = named.get(file) ?? (file.endsWith('.test.ts') ? titlesOf : statementsOf)(read(file));
  named.set(file, found);
  return found;
};

const isThere = ({ file, title }: { file: string; title: string }): boolean => nameable(file).has(title);

/** What is wrong with a table; empty where nothing is. */
const faultsOf = (rows: readonly Row[]): string[] => {
  const ids = rows.map(({ id }) => id);
  const listed = new Set(ids);
  return [
    ...Object.keys(LEVELS).flatMap((id) => (listed.has(id) ? [] : `${id} is missing`)),
    ...ids.flatMap((id, place) => (ids.indexOf(id) === place ? [] : `${id} stands there twice`)),
    ...rows.flatMap(({ id, level, requirement, verdict, by }) => {
      const evidence = namedIn(by);
      const needsEvidence = verdict === 'shown' || verdict === 'written';
      return [
        ...(level === String(LEVELS[id]) ? [] : [`${id} is not of level ${level}`]),
        ...(requirement === '' || by === '' ? [`${id} says nothing`] : []),
        ...(VERDICTS.some((one) => one === verdict) ? [] : [`${id} has the verdict ${verdict}`]),
        ...(needsEvidence && evidence.length === 0 ? [`${id} names nothing that shows it`] : []),
        ...(verdict === 'shown' && !evidence.every(({ file }) => file.startsWith('test/') && file.endsWith('.test.ts'))
          ? [`${id} is shown by what is no test`]
          : []),
        ...evidence.flatMap((one) => (isThere(one) ? [] : `${id}: there is no “${one.title}” in ${one.file}`)),
      ];
    }),
  ];
};

describe('the table of ASVS 5.0', () => {
  const table = read('test/asvs/README.md');
  const rows = rowsOf(table);

  it('has every requirement of levels 1 and 2 once, and names nothing that is not there', () => {
    expect(rows).toHaveLength(253);
    expect(faultsOf(rows)).toEqual([]);
  });

  it('counts its verdicts right', () => {
    const counts = VERDICTS.map((verdict) => `${rows.filter((row) => row.verdict === verdict).length} ${verdict}`);
    expect(table).toContain(`what shows that it is met: ${counts.join(', ')}.`);
  });

  it.each<[string, (row: Row) => Row[], RegExp]>([
    ['a requirement left out', () => [], /^V1\.2\.1 is missing$/],
    ['one that stands there twice', (row) => [row, row], /^V1\.2\.1 stands there twice$/],
    ['another level', (row) => [{ ...row, level: '2' }], /^V1\.2\.1 is not of level 2$/],
    ['a title no test has', (row) => [{ ...row, by: `${row.by}, or so` }], /^V1\.2\.1: there is no “/],
    ['a file that is gone', (row) => [{ ...row, by: '`test/gone.test.ts` › is met' }], /in test\/gone\.test\.ts$/],
    ['a part of a title', (row) => [{ ...row, by: row.by.slice(0, -1) }], /^V1\.2\.1: there is no “/],
    ['no evidence', (row) => [{ ...row, by: 'by care' }], /^V1\.2\.1 names nothing/],
  ])('would not do with %s', (_what, change, fault) => {
    const changed = rows.flatMap((row) => (row.id === 'V1.2.1' ? change(row) : row));
    expect(faultsOf(changed)).toContainEqual(expect.stringMatching(fault));
  });
});

describe('what shows something', () => {
  it('is a test that runs, by its whole title', () => {
    const source = `
      // it('is a comment')
      const words = 'is a text';
      describe('a group', () => {
        it('runs', async () => {});
        test.each([[1]])(\`runs \${count} times\`, () => {});
        test.concurrent('runs beside others', () => {});
        it.skip('is skipped', () => {});
        it.todo('is to come');
      });
      describe.skip('a group that is skipped', () => { it('is in it', () => {}); });`;
    expect([...titlesOf(source)]).toEqual(['a group', 'runs', `runs \${count} times`, 'runs beside others']);
  });

  it('is a heading, what a point begins with in bold, or a whole sentence of four words and more', () => {
    const text = [
      '# Title\n\nSome words. These are four words. They go on\nin the next line; and end. # none',
      '- **Bold**: it is said here that.\n| cell | another cell of words |',
      '```sh\nthis is no sentence here\n```',
    ].join('\n\n');
    expect([...statementsOf(text)]).toEqual([
      'Title',
      'These are four words',
      'They go on in the next line',
      'Bold',
      '**Bold**: it is said here that',
      'another cell of words',
    ]);
  });
});
