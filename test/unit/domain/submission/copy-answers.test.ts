import { describe, expect, test } from 'vitest';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import type { Answer, Answers, FormDefinition } from '#shared/domain/form/definition.ts';
import type { CategoryTerms } from '#shared/domain/submission/category-rules.ts';
import { copyAnswers } from '#shared/domain/submission/copy-answers.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { formOf, formWith, options } from '../form/forms.ts';

const termsOf = (form: FormDefinition, leaf: Record<string, unknown> = {}): CategoryTerms => {
  const { forms: _forms, ...call } = CallDefinition.parse(
    writtenCall({ categories: [{ code: '1', title: '党建', ...writtenLeaf, ...leaf }] }),
  );
  const place = findCategory(call.categories, '1');
  if (place === undefined) throw new Error('no such category');
  return { version: 1, call, place, form };
};
const field = (type: string, more: object = {}) => ({ key: 'a', label: 'a', type, ...more });
const copied = (now: object, before: object, answer: Answer) => {
  const { answers, altered } = copyAnswers(termsOf(formOf([now])), { form: formOf([before]), answers: { a: answer } });
  return { answers: { ...answers }, altered };
};
const taken = (answer: Answer) => ({ answers: { a: answer }, altered: [] });
const LEFT_OUT = { answers: {}, altered: ['a'] };

const TYPES: Readonly<Record<string, readonly [field: object, answer: Answer]>> = {
  text: [field('text', { maxLength: 20 }), '甲'],
  date: [field('date'), '2022-03-31'],
  integer: [field('integer'), 5],
  money: [field('money', { unit: '元' }), '5'],
  choice: [field('choice', { options: options('甲', '乙') }), '甲'],
  choices: [field('choices', { options: options('甲', '乙') }), ['甲']],
  boolean: [field('boolean'), true],
  table: [field('table', { maxRows: 3, columns: [field('text', { maxLength: 20 })] }), [{ a: '甲' }]],
};
const pairs = Object.entries(TYPES).flatMap(([before, [earlier, answer]]) =>
  Object.entries(TYPES).map(([now, [asked]]) => ({ before, earlier, answer, now, asked })),
);

describe('an earlier answer', () => {
  test.each(pairs)('to $before is taken where $before is asked, and here $now is', (pair) => {
    const { before, earlier, answer, now, asked } = pair;
    expect(copied(asked, earlier, answer)).toEqual(before === now ? taken(answer) : LEFT_OUT);
  });

  test.each([
    [field('integer', { unit: '人' }), field('integer', { unit: '人' }), true],
    [field('integer', { unit: '人' }), field('integer', { unit: '次' }), false],
    [field('integer'), field('integer', { unit: '人' }), false],
  ])('of a number is taken in its own unit alone (%#)', (now, before, isTaken) => {
    expect(copied(now, before, 5)).toEqual(isTaken ? taken(5) : LEFT_OUT);
  });

  test('of money is written in the unit that is asked, and left out where it cannot be read', () => {
    const [yuan, wan] = [field('money', { unit: '元' }), field('money', { unit: '万元' })];
    expect(copied(wan, yuan, '5000')).toEqual(taken('0.5'));
    expect(copied(yuan, wan, 'viel')).toEqual(LEFT_OUT);
  });

  test.each([
    [options('甲'), options('甲', '乙'), '乙'],
    [options('甲', '乙'), options('甲'), '乙'],
    [[{ value: '甲', label: '一' }], [{ value: '甲', label: '二' }], '甲'],
    [options('甲'), options('甲'), '丙'],
  ])(
    'to a choice is left out where the option is not there, was not, or says another thing (%#)',
    (now, before, answer) => {
      expect(copied(field('choice', { options: now }), field('choice', { options: before }), answer)).toEqual(LEFT_OUT);
    },
  );

  test('to choices is taken as far as the options are the same, and named where that is not all', () => {
    const asked = (...values: string[]) => field('choices', { options: options(...values) });
    expect(copied(asked('甲', '乙'), asked('甲', '乙', '丙'), ['甲', '丙'])).toEqual({
      answers: { a: ['甲'] },
      altered: ['a'],
    });
    expect(copied(asked('甲'), asked('甲', '丙'), ['丙'])).toEqual(LEFT_OUT);
  });

  test('that the form does not ask, or did not, or that is too long, is left out', () => {
    const other = { ...field('text', { maxLength: 20 }), key: 'b' };
    const [short, long] = [field('text', { maxLength: 2 }), field('text', { maxLength: 20 })];
    expect(copied(other, long, '甲')).toEqual(LEFT_OUT);
    expect(copied(long, other, '甲')).toEqual(LEFT_OUT);
    expect(copied(TYPES.table?.[0] ?? {}, other, [{ a: '甲' }])).toEqual(LEFT_OUT);
    expect(copied(short, long, '甲乙丙')).toEqual(LEFT_OUT);
  });

  test('that says nothing is neither taken nor named', () => {
    for (const answer of [' ', []])
      expect(copied(field('text', { maxLength: 20 }), field('text', { maxLength: 20 }), answer)).toEqual({
        answers: {},
        altered: [],
      });
  });

  test('that the category fixes is named where it was another', () => {
    const form = formOf([field('text', { maxLength: 20 })]);
    const fixed = (answer: string) =>
      copyAnswers(termsOf(form, { fixed: { a: '甲' } }), { form, answers: { a: answer } }).altered;
    expect([fixed('甲'), fixed('乙')]).toEqual([[], ['a']]);
  });
});

describe('a table of an earlier submission', () => {
  const column = (key: string, more: object = {}) => ({ key, label: key, type: 'text', maxLength: 3, ...more });
  const table = (maxRows: number, ...columns: readonly object[]) => field('table', { maxRows, columns });

  test('is whole where every row and cell is taken; blank rows and cells were nothing', () => {
    const asked = table(3, column('b'), column('c'));
    expect(copied(asked, asked, [{ b: '甲', c: ' ' }, {}, { b: ' ' }, { c: '乙' }])).toEqual(
      taken([{ b: '甲' }, { c: '乙' }]),
    );
  });

  test('is named where a cell is left out, in whichever row', () => {
    const asked = table(3, column('b'), column('c'));
    const longer = table(3, column('b'), column('c', { maxLength: 9 }));
    const rows = [{ b: '甲' }, { b: '乙', c: '太长的话' }];
    const some = { answers: { a: [{ b: '甲' }, { b: '乙' }] }, altered: ['a'] };
    expect(copied(asked, longer, rows)).toEqual(some);
    expect(copied(asked, longer, [{ c: '太长的话', b: '甲' }, { b: '乙' }])).toEqual(some);
    expect(copied(table(3, column('b')), asked, [{ c: '丙' }, { b: '乙' }])).toEqual({
      answers: { a: [{ b: '乙' }] },
      altered: ['a'],
    });
  });

  test('is cut where there is room for fewer rows', () => {
    const rows = [{ b: '甲' }, { b: '乙' }];
    expect(copied(table(2, column('b')), table(9, column('b')), rows)).toEqual(taken(rows));
    expect(copied(table(1, column('b')), table(9, column('b')), rows)).toEqual({
      answers: { a: [{ b: '甲' }] },
      altered: ['a'],
    });
  });
});

describe('an amount above what an award can be', () => {
  const money = (key: string) => ({ key, label: key, type: 'money', unit: '元' });
  const amount = { kind: 'cap', max: '1', unit: '万元' };
  const within = { kind: 'withinAmount' as const, field: 'a' };
  const check = { kind: 'check' as const, rule: 'true', message: 'x', fields: ['a'] };
  const copy = (
    rules: Parameters<typeof formWith>[0],
    answers: Answers,
    leaf: Record<string, unknown> = { amount },
  ) => {
    const form = formWith(rules, money('a'), money('b'), { ...field('text', { maxLength: 20 }), key: 'c' });
    return copyAnswers(termsOf(form, leaf), { form, answers }).altered;
  };

  test('is left to be asked for again, where the form holds the field to that', () => {
    expect(copy([check, within], { a: '10000' })).toEqual([]);
    expect(copy([check, within], { a: '10000.01' })).toEqual(['a']);
    expect(copy([check, within], { b: '10000.01', c: '10000.01' })).toEqual([]);
    expect(copy([check], { a: '10000.01' })).toEqual([]);
    expect(copy([], { a: '10000.01' })).toEqual([]);
    expect(copy([within], { a: '10000.01' }, {})).toEqual([]);
  });
});
