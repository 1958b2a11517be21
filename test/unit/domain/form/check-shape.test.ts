import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_FAULTS } from '#shared/domain/fault-list.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import { formOf, options } from './forms.ts';
import { formAndBodies } from './generated-forms.ts';
import { projectForm } from './project-form.ts';

const one = (field: object, input: unknown) =>
  checkShape(formOf([{ key: 'it', label: '栏目', ...field }]), undefined, { it: input });
const codes = (field: object, input: unknown) => one(field, input).faults.map(({ code }) => code);

const line = { type: 'text', maxLength: 5 };
const prose = { type: 'text', maxLength: 5, multiline: true };
const choices = { type: 'choices', options: options('a', 'b') };
const table = {
  type: 'table',
  maxRows: 2,
  minRows: 1,
  clause: '附件2 六',
  columns: [
    { key: 'name', label: '姓名', type: 'text', maxLength: 5, required: true },
    { key: 'fee', label: '金额', type: 'money', unit: '万元' },
  ],
};

describe('checkShape of one answer', () => {
  it.each([
    ['text of the greatest length in code points', line, '𠮷𠮷𠮷𠮷𠮷'],
    ['blanks around a text', line, ' a '],
    ['lines and tabs in multiline text', prose, 'a\n\tb'],
    ['an empty text', line, ''],
    ['half a telephone number', { type: 'text', maxLength: 20, format: 'phone-cn' }, '0736-'],
    ['a text shorter than a submit asks for', { type: 'text', maxLength: 20, minLength: 10 }, 'a'],
    ['a leap day', { type: 'date' }, '2024-02-29'],
    ['an integer out of bounds', { type: 'integer', min: 5, max: 6 }, 7],
    ['the largest safe integer', { type: 'integer' }, Number.MAX_SAFE_INTEGER],
    ['no choice at all', choices, []],
    ['both choices', choices, ['b', 'a']],
    ['a no', { type: 'boolean' }, false],
    ['an empty table', table, []],
    ['a row that is not filled in yet', table, [{}]],
  ])('keeps %s as it was sent', (_, field, input) => {
    expect(one(field, input)).toEqual({ answers: { it: input }, dropped: [], faults: [] });
  });

  it.each([
    ['0.50', '0.5'],
    ['2.000000', '2'],
    ['10', '10'],
  ])('keeps the amount %s as %s', (sent, kept) => {
    expect(one({ type: 'money', unit: '万元' }, sent).answers).toEqual({ it: kept });
  });

  it.each([
    ['null', line, null, 'NULL'],
    ['a number for a text', line, 5, 'WRONG_TYPE'],
    ['one code point too many', line, '𠮷𠮷𠮷𠮷𠮷𠮷', 'TOO_LONG'],
    ['a text of megabytes', line, 'a'.repeat(2_000_000), 'TOO_LONG'],
    ['a line feed in a line', line, 'a\nb', 'CONTROL_CHARACTER'],
    ['a tab in a line', line, 'a\tb', 'CONTROL_CHARACTER'],
    ['a form feed', prose, 'a\fb', 'CONTROL_CHARACTER'],
    ['a NUL', prose, 'a\u0000', 'CONTROL_CHARACTER'],
    ['half of a surrogate pair', prose, 'a\ud83d', 'CONTROL_CHARACTER'],
    ['the wrong half of a surrogate pair', line, '\udc00a', 'CONTROL_CHARACTER'],
    ['a character no spreadsheet can hold', line, '\uffff', 'CONTROL_CHARACTER'],
    ['the 30th of February', { type: 'date' }, '2024-02-30', 'NOT_A_DATE'],
    ['the 29th of February of a common year', { type: 'date' }, '2023-02-29', 'NOT_A_DATE'],
    ['a date as it is spoken', { type: 'date' }, '2022年3月31日', 'NOT_A_DATE'],
    ['an instant', { type: 'date' }, '2022-03-31T00:00:00Z', 'NOT_A_DATE'],
    ['an empty date', { type: 'date' }, '', 'NOT_A_DATE'],
    ['the year 0', { type: 'date' }, '0000-01-01', 'NOT_A_DATE'],
    ['a fraction', { type: 'integer' }, 1.5, 'WRONG_TYPE'],
    ['not a number', { type: 'integer' }, Number.NaN, 'WRONG_TYPE'],
    ['digits in quotes for an integer', { type: 'integer' }, '1', 'WRONG_TYPE'],
    ['an integer no float can tell from the next', { type: 'integer' }, 2 ** 53, 'TOO_LARGE'],
    ['its negative', { type: 'integer' }, -(2 ** 53), 'TOO_SMALL'],
    ['an amount as a number', { type: 'money', unit: '元' }, 1.5, 'WRONG_TYPE'],
    ['a negative amount', { type: 'money', unit: '元' }, '-1', 'NOT_A_DECIMAL'],
    ['an amount finer than the 分', { type: 'money', unit: '元' }, '0.001', 'TOO_PRECISE'],
    ['what is not an option', { type: 'choice', options: options('a') }, 'b', 'NOT_AN_OPTION'],
    ['what every object inherits', { type: 'choice', options: options('a') }, 'constructor', 'NOT_AN_OPTION'],
    ['one choice where several may be made', choices, 'a', 'WRONG_TYPE'],
    ['a choice that is no text', choices, [1], 'WRONG_TYPE'],
    ['a choice that is not an option', choices, ['a', 'c'], 'NOT_AN_OPTION'],
    ['the same choice twice', choices, ['a', 'a'], 'DUPLICATE'],
    ['more choices than there are options', choices, Array(50_000).fill('a'), 'TOO_MANY'],
    ['yes in words', { type: 'boolean' }, 'true', 'WRONG_TYPE'],
    ['a table that is no list', table, { 0: {} }, 'WRONG_TYPE'],
    ['a row that is no object', table, [[]], 'WRONG_TYPE'],
    ['a row that is null', table, [null], 'WRONG_TYPE'],
    ['a row too many', table, [{}, {}, {}], 'TOO_MANY'],
    ['null in a cell', table, [{ name: null }], 'NULL'],
    ['an unknown column', table, [{ age: 5 }], 'UNKNOWN'],
  ])('refuses %s', (_, field, input, code) => {
    expect(codes(field, input)).toEqual([code]);
  });

  it('says where, with the label, the figures and the clause, and never what was sent', () => {
    const sent = [{ name: '某某某某某某' }, { fee: '0.12345678' }];
    expect(one(table, sent).faults).toEqual([
      { path: 'it[0].name', code: 'TOO_LONG', params: { label: '姓名', limit: 5 }, clause: '附件2 六' },
      { path: 'it[1].fee', code: 'TOO_PRECISE', params: { label: '金额', limit: 6, unit: '万元' }, clause: '附件2 六' },
    ]);
  });
});

describe('checkShape of a whole body', () => {
  const form = formOf([
    { key: 'kind', label: '类型', type: 'choice', options: options('meeting', 'survey') },
    { key: 'place', label: '地点', type: 'text', maxLength: 5, visibleWhen: { field: 'kind', in: ['meeting'] } },
    { key: 'name', label: '名称', type: 'text', maxLength: 5 },
  ]);

  it.each([[null], [undefined], [[]], ['{}'], [1], [true]])('refuses %j instead of an object', (input) => {
    expect(checkShape(form, undefined, input).faults).toEqual([
      { path: '', code: 'WRONG_TYPE', params: { expected: 'object' } },
    ]);
  });

  it('gives answers in the order of the form, however they were sent', () => {
    const { answers } = checkShape(form, undefined, { name: 'a', place: 'b', kind: 'meeting' });
    expect(Object.keys(answers)).toEqual(['kind', 'place', 'name']);
  });

  it('drops and names the answers of hidden fields, whatever they are', () => {
    expect(checkShape(form, undefined, { kind: 'survey', place: null, name: 'a' })).toEqual({
      answers: { kind: 'survey', name: 'a' },
      dropped: ['place'],
      faults: [],
    });
  });

  it('puts in what the category fixes, and shows what depends on it', () => {
    expect(checkShape(form, { kind: 'meeting', elsewhere: 'x' }, { place: 'b' })).toEqual({
      answers: { kind: 'meeting', place: 'b' },
      dropped: [],
      faults: [],
    });
  });

  it('leaves another value than the fixed one as it was sent: the submit refuses it', () => {
    expect(checkShape(form, { kind: 'meeting' }, { kind: 'survey' }).answers).toEqual({ kind: 'survey' });
  });

  it('refuses every key that no field has, those of objects included', () => {
    const input = JSON.parse('{"__proto__": {"name": "x"}, "constructor": 1, "toString": 2, "names": 3}');
    const { answers, faults } = checkShape(form, undefined, input);
    expect(faults.map(({ path, code }) => [path, code])).toEqual([
      ['__proto__', 'UNKNOWN'],
      ['constructor', 'UNKNOWN'],
      ['toString', 'UNKNOWN'],
      ['names', 'UNKNOWN'],
    ]);
    expect(Object.getPrototypeOf(answers)).toBeNull();
  });

  it('lists every fault at once', () => {
    const { faults } = checkShape(form, undefined, { kind: 'x', name: 1, other: 2 });
    expect(faults.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'kind NOT_AN_OPTION',
      'name WRONG_TYPE',
      'other UNKNOWN',
    ]);
  });

  it('stops listing where a reply could no longer be sent, and cuts keys that are not ours', () => {
    const input = Object.fromEntries(Array.from({ length: 20_000 }, (_, index) => [`${'长'.repeat(500)}${index}`, 1]));
    const { faults } = checkShape(form, undefined, input);
    expect(faults).toHaveLength(MAX_FAULTS);
    expect(faults[0]?.path).toBe(`${'长'.repeat(60)}…`);
  });

  it('never fails on anything, and keeps nothing that is not canonical', () => {
    fc.assert(
      fc.property(formAndBodies({ least: 5, most: 10 }), ([form, bodies]) => {
        for (const input of bodies) {
          const first = checkShape(form, undefined, input);
          if (first.faults.length > 0) continue;
          const again = checkShape(form, undefined, first.answers);
          expect(again).toEqual({ answers: first.answers, dropped: [], faults: [] });
        }
      }),
    );
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true, withMap: true }),
        (input) => {
          expect(Array.isArray(checkShape(projectForm(), undefined, input).faults)).toBe(true);
        },
      ),
    );
  });
});

describe('what a fault of the shape is told with', () => {
  it.each<[what: string, field: object, input: unknown, code: string, params: object]>([
    ['a number for a text', line, 5, 'WRONG_TYPE', { expected: 'string' }],
    ['a text too long', line, 'abcdef', 'TOO_LONG', { limit: 5 }],
    ['a number for a date', { type: 'date' }, 5, 'WRONG_TYPE', { expected: 'string' }],
    ['a day there is not', { type: 'date' }, '2022-02-30', 'NOT_A_DATE', {}],
    ['a text for an integer', { type: 'integer' }, '5', 'WRONG_TYPE', { expected: 'integer' }],
    ['too large an integer', { type: 'integer' }, 2 ** 53, 'TOO_LARGE', { limit: 2 ** 53 - 1 }],
    ['too small an integer', { type: 'integer' }, -(2 ** 53), 'TOO_SMALL', { limit: 1 - 2 ** 53 }],
    ['a number for an amount', { type: 'money', unit: '元' }, 5, 'WRONG_TYPE', { expected: 'string' }],
    ['words for an amount', { type: 'money', unit: '元' }, '五', 'NOT_A_DECIMAL', { unit: '元' }],
    ['too precise an amount', { type: 'money', unit: '元' }, '0.001', 'TOO_PRECISE', { limit: 2, unit: '元' }],
    ['a number for a choice', { type: 'choice', options: options('a') }, 5, 'WRONG_TYPE', { expected: 'string' }],
    ['no option', { type: 'choice', options: options('a') }, 'b', 'NOT_AN_OPTION', {}],
    ['a text for choices', choices, 'a', 'WRONG_TYPE', { expected: 'list of strings' }],
    ['a list of numbers for choices', choices, [1], 'WRONG_TYPE', { expected: 'list of strings' }],
    ['too many choices', choices, ['a', 'b', 'a'], 'TOO_MANY', { limit: 2 }],
    ['a text for a yes or no', { type: 'boolean' }, '', 'WRONG_TYPE', { expected: 'boolean' }],
    ['null', { type: 'boolean' }, null, 'NULL', {}],
    ['a text for a table', table, 'x', 'WRONG_TYPE', { expected: 'list of objects' }],
    ['null for a table', table, null, 'NULL', {}],
    ['too many rows', table, [{}, {}, {}], 'TOO_MANY', { limit: 2 }],
  ])('%s', (_, field, input, code, params) => {
    expect(one({ ...field, clause: '一' }, input).faults).toEqual([
      { path: 'it', code, params: { label: '栏目', ...params }, clause: '一' },
    ]);
  });

  it.each<[what: string, row: unknown, fault: object]>([
    ['what is no row', 'x', { path: 'it[1]', code: 'WRONG_TYPE', params: { label: '栏目', expected: 'object' } }],
    [
      'a cell of another type',
      { name: 1 },
      { path: 'it[1].name', code: 'WRONG_TYPE', params: { label: '姓名', expected: 'string' } },
    ],
  ])('%s, with its row', (_, row, fault) => {
    expect(one(table, [{}, row]).faults).toEqual([{ ...fault, clause: '附件2 六' }]);
  });

  it('a column there is not: its place alone', () => {
    expect(one(table, [{}, { age: 5, name: 'a' }]).faults).toEqual([{ path: 'it[1].age', code: 'UNKNOWN' }]);
  });
});

describe('what checkShape keeps of faulty answers', () => {
  it.each<[what: string, field: object, input: unknown, kept: unknown]>([
    ['no text of another type', line, 5, undefined],
    ['a text too long', line, 'abcdef', 'abcdef'],
    ['no integer in words', { type: 'integer' }, '5', undefined],
    ['no amount that cannot be read', { type: 'money', unit: '元' }, '五', undefined],
    ['what is no option', { type: 'choice', options: options('a') }, 'b', 'b'],
    ['no list too long to walk', choices, ['a', 'b', 'a'], undefined],
    ['no list of numbers', choices, [1], undefined],
    ['choices that are no options', choices, ['c'], ['c']],
    ['no table too long to walk', table, [{}, {}, {}], undefined],
    ['the rows of a table, each as far as it can be read', table, [{ name: 1, fee: '2' }, 'x'], [{ fee: '2' }, {}]],
  ])('%s', (_, field, input, kept) => {
    expect(one(field, input).answers).toEqual(kept === undefined ? {} : { it: kept });
  });
});

describe('the canonical form', () => {
  const form = formOf([
    { key: 'count', label: '人数', type: 'integer' },
    { key: 'rows', label: '人员', ...table },
  ]);
  const answersTo = (input: unknown) => checkShape(form, undefined, input).answers;

  it('is the very object that was sent where that is canonical, and so is each table', () => {
    const sent = { count: 0, rows: [{ name: 'a', fee: '1.5' }, { fee: '2' }] };
    expect(answersTo(sent)).toBe(sent);
    const other = { count: -0, rows: sent.rows };
    expect(answersTo(other)).not.toBe(other);
    expect(answersTo(other).rows).toBe(sent.rows);
  });

  it('is another object where keys were sent in another order, and so is each row', () => {
    const sent = { rows: [{ fee: '1', name: 'a' }], count: 1 };
    const answers = answersTo(sent);
    expect(answers).not.toBe(sent);
    expect(JSON.stringify(answers)).toBe('{"count":1,"rows":[{"name":"a","fee":"1"}]}');
    expect(JSON.stringify(sent)).toBe('{"rows":[{"fee":"1","name":"a"}],"count":1}');
  });

  it('has amounts without trailing zeros, in a table too, and changes nothing that was sent', () => {
    const sent = { rows: [{ name: 'a' }, { fee: '1.50' }] };
    expect(answersTo(sent)).toEqual({ rows: [{ name: 'a' }, { fee: '1.5' }] });
    expect(sent.rows[1]).toEqual({ fee: '1.50' });
  });

  it('has 0 for -0', () => {
    expect(Object.is(answersTo({ count: -0 }).count, 0)).toBe(true);
  });

  it('has neither keys nor columns that nobody asks for', () => {
    expect(JSON.stringify(answersTo({ count: 1, rows: [{ name: 'a', x: 1 }], y: 2 }))).toBe(
      '{"count":1,"rows":[{"name":"a"}]}',
    );
  });
});
