import { describe, expect, test } from 'vitest';
import { callInForce } from '#shared/domain/call/call-in-force.ts';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { Meter } from '#shared/domain/call/meter.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { Key } from '#shared/domain/form/key.ts';
import { callHead, writtenCall, writtenLeaf } from '#test/support/calls.ts';

type Json = Record<string, unknown>;

const leaf = (overrides: Json = {}, code = '1') => ({ code, title: '学术交流', ...writtenLeaf, ...overrides });
const inLeaf = (overrides: Json, call: Json = {}): Json => ({ categories: [leaf(overrides)], ...call });
const form = (...fields: readonly Json[]): Json => ({
  forms: { apply: { title: '申报书', sections: [{ title: '一', fields }] } },
});
const choice = (key: string, label: string, more: Json = {}): Json => ({
  ...{ key, label, type: 'choice', options: ['甲', '乙'].map((value) => ({ value, label: value })) },
  ...more,
});
const boolean = (key: string, label: string, more: Json = {}): Json => ({ key, label, type: 'boolean', ...more });
const material = (more: Json): Json => inLeaf({ materials: [{ key: 'a', title: '证明', accept: ['pdf'], ...more }] });
const condition = (more: Json): Json => ({ conditions: [{ text: '场地', effect: 'gate', ...more }] });
const goals = () => ['甲', '乙'].map((value) => ({ value, text: `目标${value}` }));
const declared = (declare: string) => ({ text: declare, effect: 'gate', declare });
const found = (overrides: Json) => checkDefinition(writtenCall({ closes: '2022-03-31T17:00:00+08:00', ...overrides }));

describe('what a fault of a call is told with', () => {
  test.each<[what: string, written: Json, fault: Json]>([
    [
      'too precise an amount: how many decimals there may be',
      inLeaf({ amount: { kind: 'cap', max: '0.1234567', unit: '万元' } }),
      { path: 'categories[0].amount.max', code: 'TOO_PRECISE', params: { limit: 6 } },
    ],
    [
      'what is no amount: nothing',
      inLeaf({ amount: { kind: 'fixed', value: '一', unit: '元' } }),
      { path: 'categories[0].amount.value', code: 'NOT_A_DECIMAL' },
    ],
    [
      'a range whose least is no amount',
      inLeaf({ amount: { kind: 'range', min: '一', max: '2', unit: '元' } }),
      { path: 'categories[0].amount.min', code: 'NOT_A_DECIMAL' },
    ],
    [
      'a range whose most is too precise',
      inLeaf({ amount: { kind: 'range', min: '1', max: '2.001', unit: '元' } }),
      { path: 'categories[0].amount.max', code: 'TOO_PRECISE', params: { limit: 2 } },
    ],
    [
      'too large a file: how large one may be',
      material({ maxSize: 500_000_001 }),
      { path: 'categories[0].materials[0].maxSize', code: 'TOO_LARGE', params: { limit: 500_000_000 } },
    ],
    [
      'a required file that never gates: its title',
      material({ required: true, priority: true }),
      { path: 'categories[0].materials[0].required', code: 'PRIORITY_GATES', params: { material: '证明' } },
    ],
    [
      'a gate on a file that never gates: its title',
      inLeaf({
        materials: [{ key: 'a', title: '证明', accept: ['pdf'], priority: true }],
        ...condition({ material: 'a' }),
      }),
      { path: 'categories[0].conditions[0].material', code: 'PRIORITY_GATES', params: { material: '证明' } },
    ],
    [
      'a fixed answer to no field: its key',
      inLeaf({ fixed: { nobody: '甲' } }),
      { path: 'categories[0].fixed.nobody', code: 'UNKNOWN_FIELD', params: { field: 'nobody' } },
    ],
    [
      'a fixed answer to what is no text and no choice: its key',
      inLeaf({ fixed: { yes: 'true' } }, form(boolean('yes', '是否'))),
      { path: 'categories[0].fixed.yes', code: 'WRONG_FIELD_TYPE', params: { field: 'yes' } },
    ],
    [
      'goals that no field asks for: its key',
      inLeaf({ goals: { choose: 'one', field: 'goal', options: goals() } }),
      { path: 'categories[0].goals.field', code: 'UNKNOWN_FIELD', params: { field: 'goal' } },
    ],
    [
      'goals that a field of another type asks for: its key',
      inLeaf({ goals: { choose: 'any', field: 'goal', options: goals() } }, form(choice('goal', '目标'))),
      { path: 'categories[0].goals.field', code: 'WRONG_FIELD_TYPE', params: { field: 'goal' } },
    ],
    [
      'figures of who may not apply: who that is',
      inLeaf({
        indicators: [{ kind: 'byApplicant', title: '人次', of: [{ applicants: ['企业科协'], min: 1 }] }],
      }),
      {
        path: 'categories[0].indicators[0].of[0].applicants[0]',
        code: 'UNKNOWN_APPLICANT',
        params: { applicant: '企业科协' },
      },
    ],
    [
      'a declaration by a field that is no yes or no: its key',
      inLeaf(condition({ declare: 'goal' }), form(choice('goal', '目标'))),
      { path: 'categories[0].conditions[0].declare', code: 'WRONG_FIELD_TYPE', params: { field: 'goal' } },
    ],
    [
      'too many declarations: how many there may be',
      {
        conditions: Array.from({ length: 50 }, (_, index) => declared(`ofCall${index}`)),
        categories: [
          {
            ...{ code: 'g', title: '大类', conditions: [declared('ofGroup')] },
            categories: [leaf({ conditions: Array.from({ length: 50 }, (_, index) => declared(`own${index}`)) })],
          },
        ],
      },
      { path: 'categories[0].categories[0]', code: 'TOO_MANY', params: { limit: 100 } },
    ],
  ])('%s', (_, written, fault) => {
    expect(found(written).faults).toEqual([fault]);
    expect(found(written).definition).toBeUndefined();
  });

  test('nesting without end: how deep it may be', () => {
    let nested: unknown = 1;
    for (let level = 0; level < 200; level += 1) nested = [nested];
    expect(found({ notice: nested })).toEqual({
      faults: [{ path: '', code: 'TOO_LARGE', params: { of: 'depth', limit: 64 } }],
      warnings: [],
    });
  });

  test('what would take too many steps: how many there may be', () => {
    const meter = new Meter(10);
    expect(checkDefinition(writtenCall(), meter)).toEqual({
      faults: [{ path: '', code: 'TOO_COMPLEX', params: { limit: 10 } }],
      warnings: [],
    });
  });

  test('rules that take too many steps together: how many they take, those of the form among them', () => {
    const list = Array.from({ length: 30 }, (_, index) => index).join(', ');
    const costly = `[${list}].all(a, [${list}].all(b, a + b >= 0))`;
    const rule = { kind: 'check', rule: costly, fields: ['yes'], message: '不符' };
    const written = (ofForm: number, ofCategory: number) =>
      inLeaf(
        {
          conditions: Array.from({ length: ofCategory }, (_, index) => ({
            text: `${index}`,
            effect: 'gate',
            rule: costly,
          })),
        },
        {
          forms: {
            apply: {
              title: '申报书',
              sections: [{ title: '一', fields: [boolean('yes', '是否')] }],
              rules: Array.from({ length: ofForm }, () => rule),
            },
          },
        },
      );
    const steps = (ofForm: number, ofCategory: number) =>
      found(written(ofForm, ofCategory)).faults.flatMap(({ code, params }) =>
        code === 'EXPRESSION_TOO_COSTLY' ? [params] : [],
      );
    const [own = {}] = steps(0, 40);
    const [both = {}] = steps(20, 20);
    expect(own).toMatchObject({ limit: 200_000 });
    expect(own.count).toBeGreaterThan(200_000);
    expect(both).toEqual(own);
  });
});

describe('what a warning about a call is told with', () => {
  test.each<[what: string, written: Json, warning: Json]>([
    [
      'goals by a field that may be left blank: its label',
      inLeaf({ goals: { choose: 'one', field: 'goal', options: goals() } }, form(choice('goal', '目标'))),
      { path: 'categories[0].goals.field', code: 'ANSWER_OPTIONAL', params: { label: '目标' } },
    ],
    [
      'a declaration that can be hidden: its label',
      inLeaf(
        condition({ declare: 'yes' }),
        form(choice('goal', '目标'), boolean('yes', '是否', { visibleWhen: { field: 'goal', in: ['甲'] } })),
      ),
      { path: 'categories[0].conditions[0].declare', code: 'DECLARATION_HIDDEN', params: { label: '是否' } },
    ],
    [
      'a field that no category can show: its label',
      inLeaf(
        { fixed: { goal: '乙' } },
        form(choice('goal', '目标'), boolean('yes', '是否', { visibleWhen: { field: 'goal', in: ['甲'] } })),
      ),
      { path: 'forms.apply.sections[0].fields[1].visibleWhen', code: 'UNREACHABLE', params: { label: '是否' } },
    ],
    [
      'envelopes below a group that add up to more than its own: both sums',
      {
        categories: [
          {
            ...{ code: 'g', title: '大类', envelope: { total: '5', unit: '万元' } },
            categories: ['a', 'b'].map((code) => leaf({ envelope: { total: '30000', unit: '元' } }, code)),
          },
        ],
      },
      {
        path: 'categories[0].envelope.total',
        code: 'ENVELOPES_ABOVE_GROUP',
        params: { sum: '6', total: '5', unit: '万元' },
      },
    ],
  ])('%s', (_, written, warning) => {
    expect(found(written)).toMatchObject({ faults: [], warnings: [warning] });
  });

  test.each<[what: string, written: Json]>([
    [
      'a declaration that its category always asks for',
      inLeaf(
        { fixed: { goal: '甲' }, ...condition({ declare: 'yes' }) },
        form(choice('goal', '目标'), boolean('yes', '是否', { visibleWhen: { field: 'goal', in: ['甲'] } })),
      ),
    ],
    [
      'a field that one of two categories shows',
      {
        categories: [leaf({ fixed: { goal: '乙' } }, 'a'), leaf({ fixed: { goal: '甲' } }, 'b')],
        ...form(choice('goal', '目标'), boolean('yes', '是否', { visibleWhen: { field: 'goal', in: ['甲'] } })),
      },
    ],
    [
      'a field that a category without fixed answers shows',
      {
        categories: [leaf({ fixed: { goal: '乙' } }, 'a'), leaf({}, 'b')],
        ...form(choice('goal', '目标'), boolean('yes', '是否', { visibleWhen: { field: 'goal', in: ['甲'] } })),
      },
    ],
    ['a file as large as one may be', material({ maxSize: 500_000_000 })],
  ])('nothing of %s', (_, written) => {
    const { definition, ...findings } = found(written);
    expect(findings).toMatchObject({ faults: [], warnings: [] });
    expect(definition).toBeDefined();
  });
});

test('a key that every object has names no field', () => {
  for (const key of ['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'])
    expect(Key.safeParse(key).success, key).toBe(false);
  expect(Key.safeParse('constructors').success).toBe(true);
});

test('a call is in force while a version of it is, with what that one says', () => {
  const head = callHead();
  expect(callInForce(head)).toEqual({ head, version: 1, content: '0'.repeat(64) });
  for (const none of [undefined, callHead({ publishedVersion: undefined }), callHead({ publishedContent: undefined })])
    expect(() => callInForce(none)).toThrow(new DomainError('NOT_FOUND'));
});
