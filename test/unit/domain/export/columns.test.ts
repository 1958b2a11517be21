import { describe, expect, test } from 'vitest';
import { answerColumns } from '#shared/domain/export/columns.ts';
import { formOf, options } from '../form/forms.ts';

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', maxLength: 20, ...more });
const table = (columns: readonly object[], more: object = {}) => ({
  ...{ key: 'team', label: '参加人员', type: 'table', maxRows: 9, columns },
  ...more,
});
const headings = (columns: readonly { readonly heading: string }[]) => columns.map(({ heading }) => heading);

describe('the columns of one version', () => {
  const form = formOf([
    text('title'),
    { key: 'budget', label: '预算', type: 'money', unit: '万元' },
    { key: 'people', label: '人数', type: 'integer', unit: '人' },
    { key: 'times', label: '次数', type: 'integer' },
    table([text('who'), { key: 'cost', label: '劳务费', type: 'money', unit: '元' }]),
    { key: 'joint', label: '联合', type: 'boolean' },
  ]);
  const columns = answerColumns([{ version: 3, form }]);

  test('are its fields in their order with their units, and a sheet for each table', () => {
    expect(headings(columns.columns)).toEqual(['title', '预算（万元）', '人数（人）', '次数', '联合']);
    expect(columns.tables.map(({ title }) => title)).toEqual(['参加人员']);
    expect(columns.tables.map((one) => headings(one.columns))).toEqual([['who', '劳务费（元）']]);
  });

  test('take answers into their places, and leave empty what is not answered', () => {
    const answers = { people: 5, title: '讲座', budget: '0.5', team: [{ who: '甲', cost: '1' }, { cost: '2.5' }] };
    expect(columns.cells(3, answers)).toStrictEqual(['讲座', 0.5, 5, undefined, undefined]);
    expect(columns.rows(3, answers)).toStrictEqual([
      [
        ['甲', 1],
        [undefined, 2.5],
      ],
    ]);
    expect(columns.cells(3, {})).toStrictEqual(new Array(5).fill(undefined));
    expect(columns.rows(3, {})).toStrictEqual([[]]);
    expect(columns.rows(3, { team: '不是表' })).toStrictEqual([[]]);
  });

  test('take no answers of a version that is not among them', () => {
    expect(() => columns.cells(2, {})).toThrow('no form of version 2');
    expect(() => columns.rows(2, {})).toThrow('no form of version 2');
  });

  test.each<[number, object]>([
    [18, text('a', { maxLength: 30 })],
    [30, text('a', { maxLength: 31 })],
    [30, text('a', { maxLength: 200 })],
    [48, text('a', { maxLength: 201 })],
    [48, text('a', { multiline: true })],
    [30, { key: 'a', label: 'a', type: 'choice', options: options('甲') }],
    [30, { key: 'a', label: 'a', type: 'choices', options: options('甲') }],
    [12, { key: 'a', label: '成立时间', type: 'date' }],
    [14, { key: 'a', label: '项目总人数', type: 'integer' }],
    [18, { key: 'a', label: '申请资助的金额合计', type: 'money', unit: '元' }],
    [12, { key: 'a', label: '是', type: 'boolean' }],
  ])('are %i digits wide for %o', (width, field) => {
    expect(answerColumns([{ version: 1, form: formOf([field]) }]).columns.map((one) => one.width)).toEqual([width]);
  });
});

describe('the columns of several versions', () => {
  const money = (unit: string) => ({ key: 'budget', label: '预算', type: 'money', unit });
  const older = formOf([text('old'), money('元'), text('name'), table([text('one'), text('two')])]);
  const old = formOf([text('old'), money('万元'), text('name'), { ...text('name2'), label: 'name' }]);
  const newest = formOf([text('name'), money('万元'), text('new'), table([text('two'), text('three')])]);
  const columns = answerColumns([
    { version: 2, form: old },
    { version: 10, form: newest },
    { version: 1, form: older },
  ]);

  test('are those of the newest in its order, then what only older ones ask, with the versions that do', () => {
    expect(headings(columns.columns)).toEqual([
      ...['name', '预算（万元）', 'new', 'old（仅第1、2版）', 'name（仅第2版）', '预算（元）（仅第1版）'],
    ]);
    expect(columns.tables.map(({ title }) => title)).toEqual(['参加人员']);
    expect(columns.tables.map((one) => headings(one.columns))).toEqual([['two', 'three', 'one（仅第1版）']]);
  });

  test('take each answer into the column that asks the same, by the form it was given to', () => {
    const answers = { name: '名', budget: '5', old: '旧' };
    expect(columns.cells(1, answers)).toStrictEqual(['名', undefined, undefined, '旧', undefined, 5]);
    expect(columns.cells(2, answers)).toStrictEqual(['名', 5, undefined, '旧', undefined, undefined]);
    expect(columns.cells(10, answers)).toStrictEqual(['名', 5, undefined, undefined, undefined, undefined]);
    const team = [{ one: '1', two: '2', three: '3' }];
    expect(columns.rows(1, { team })).toStrictEqual([[['2', undefined, '1']]]);
    expect(columns.rows(10, { team })).toStrictEqual([[['2', '3', undefined]]]);
    expect(columns.rows(2, { team })).toStrictEqual([[]]);
  });

  test('mark a table that the newest does not ask, and its columns by the newest that asks them', () => {
    const without = formOf([text('name')]);
    const { tables } = answerColumns([
      { version: 1, form: older },
      { version: 2, form: newest },
      { version: 3, form: without },
    ]);
    expect(tables.map((one) => [one.title, ...headings(one.columns)])).toEqual([
      ['参加人员（仅第1、2版）', 'two', 'three', 'one（仅第1版）'],
    ]);
  });

  test('keep two tables apart that have other labels, or other keys', () => {
    const one = formOf([table([text('one')]), table([text('one')], { key: 'others' })]);
    const two = formOf([table([text('one')], { label: '课题组' })]);
    const { tables } = answerColumns([
      { version: 1, form: one },
      { version: 2, form: two },
    ]);
    expect(tables.map(({ title }) => title)).toEqual(['课题组', '参加人员（仅第1版）', '参加人员（仅第1版）']);
  });

  test('are none of no version', () => {
    expect(answerColumns([])).toMatchObject({ columns: [], tables: [] });
  });
});
