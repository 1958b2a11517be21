import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { undecided } from '#shared/domain/expression/decide.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers, FormDefinition } from '#shared/domain/form/definition.ts';
import type { CategoryRules } from '#shared/domain/submission/category-rules.ts';
import { knownOf } from '#shared/domain/submission/known-answers.ts';
import { startingAnswers } from '#shared/domain/submission/starting-answers.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { organization } from '#test/support/organizations.ts';
import { runsOf } from '#test/support/property-runs.ts';
import { formOf, formWith, options } from '../form/forms.ts';
import { formAndBodies, generatedForm } from '../form/generated-forms.ts';

const rulesOf = (form: FormDefinition, leaf: Record<string, unknown> = {}): CategoryRules => {
  const { forms: _forms, ...call } = CallDefinition.parse(
    writtenCall({ categories: [{ code: '1', title: '学会党的建设', ...writtenLeaf, ...leaf }] }),
  );
  const place = findCategory(call.categories, '1');
  if (place === undefined) throw new Error('no such category');
  return { version: 1, call, place, form, decide: undecided };
};

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', maxLength: 20, ...more });
const unit = organization({
  name: '常德市医学会',
  address: '柳叶大道2999号',
  phone: '0736-7256979',
  email: 'no address',
});
const user = { name: '丙某某', mobile: '13000000003' };

const prefilled = (fields: readonly object[], sent: Record<string, unknown> = {}, leaf = {}) =>
  startingAnswers(rulesOf(formOf(fields), leaf), { sent, known: knownOf(unit, user) });

const copied = (form: readonly object[], earlier: readonly object[], answers: Answers, leaf = {}) =>
  startingAnswers(rulesOf(formOf(form), leaf), {
    sent: {},
    earlier: { form: formOf(earlier), answers },
    known: {},
  });

describe('prefill', () => {
  test('starts fields with what is known of unit and user, and says from where', () => {
    const begun = prefilled([
      text('unitName', { prefill: 'unit.name' }),
      text('phone', { prefill: 'unit.phone', format: 'phone-cn' }),
      text('contact', { prefill: 'user.name' }),
      text('name'),
    ]);
    expect(begun.answers).toEqual({ unitName: '常德市医学会', phone: '0736-7256979', contact: '丙某某' });
    expect(begun.filled).toEqual([
      { field: 'unitName', from: 'unit.name' },
      { field: 'phone', from: 'unit.phone' },
      { field: 'contact', from: 'user.name' },
    ]);
  });

  test('leaves empty what is not known and what a submit would refuse: too long, too short, of another format, no date', () => {
    const begun = prefilled([
      text('fax', { prefill: 'unit.fax' }),
      text('short', { prefill: 'unit.name', maxLength: 3 }),
      text('long', { prefill: 'unit.name', minLength: 15 }),
      text('email', { prefill: 'unit.email', format: 'email' }),
      { key: 'founded', label: '成立时间', type: 'date', prefill: 'unit.name' },
    ]);
    expect(begun).toMatchObject({ answers: {}, filled: [], faults: [] });
  });

  test('gives way to what was sent, even where that is blank, and to what the category fixes', () => {
    const fields = [text('unitName', { prefill: 'unit.name' }), text('contact', { prefill: 'user.name' })];
    expect(prefilled(fields, { unitName: '', contact: '丁某某' })).toMatchObject({
      answers: { unitName: '', contact: '丁某某' },
      filled: [],
    });
    expect(prefilled(fields, {}, { fixed: { unitName: '本会' } })).toMatchObject({
      answers: { unitName: '本会' },
      filled: [{ field: 'contact' }],
    });
  });

  test('fills no hidden field, and one that an answer sent shows', () => {
    const fields = [
      { key: 'joint', label: '联合', type: 'boolean' },
      text('unitName', { prefill: 'unit.name', visibleWhen: { field: 'joint', in: [true] } }),
    ];
    expect(prefilled(fields).filled).toEqual([]);
    expect(prefilled(fields, { joint: true }).filled).toEqual([{ field: 'unitName', from: 'unit.name' }]);
  });
});

describe('a copy of an earlier submission', () => {
  test('takes what this form asks in the same way, and names what it does not', () => {
    const begun = copied(
      [text('name'), text('brief', { maxLength: 3 }), { key: 'people', label: '人数', type: 'integer', unit: '人' }],
      [text('name'), text('brief'), text('gone'), { key: 'people', label: '人数', type: 'integer', unit: '人次' }],
      { name: '学会能力提升', brief: '长的简介', gone: '旧', people: 5 },
    );
    expect(begun).toMatchObject({
      answers: { name: '学会能力提升' },
      filled: [{ field: 'name', from: 'copy' }],
      notCopied: ['brief', 'gone', 'people'],
      faults: [],
    });
  });

  test('writes an amount in the unit of this form, and leaves out one above what an award can be', () => {
    const money = (key: string, in_: string) => ({ key, label: key, type: 'money', unit: in_ });
    const rules = rulesOf(
      formWith([{ kind: 'withinAmount', field: 'requested' }], money('total', '元'), money('requested', '元')),
      {
        amount: { kind: 'cap', max: '1', unit: '万元' },
      },
    );
    const earlier = { form: formOf([money('total', '万元'), money('requested', '万元')]) };
    const begun = (requested: string) =>
      startingAnswers(rules, {
        sent: {},
        known: {},
        earlier: { ...earlier, answers: { total: '0.50005', requested } },
      });
    expect(begun('1')).toMatchObject({ answers: { total: '5000.5', requested: '10000' }, notCopied: [] });
    expect(begun('1.000001')).toMatchObject({ answers: { total: '5000.5' }, notCopied: ['requested'] });
  });

  test('takes an option for the same one only where it says the same', () => {
    const choice = (key: string, type: string, labels: Record<string, string>) => ({
      ...{ key, label: key, type },
      options: Object.entries(labels).map(([value, label]) => ({ value, label })),
    });
    const begun = copied(
      [
        choice('one', 'choice', { a: '研讨' }),
        choice('same', 'choice', { a: '研讨' }),
        choice('any', 'choices', { a: '研讨', b: '讲座' }),
      ],
      [
        choice('one', 'choice', { a: '考察' }),
        choice('same', 'choice', { a: '研讨' }),
        choice('any', 'choices', { a: '研讨', b: '展览' }),
      ],
      { one: 'a', same: 'a', any: ['a', 'b'] },
    );
    expect(begun).toMatchObject({ answers: { same: 'a', any: ['a'] }, notCopied: ['one', 'any'] });
  });

  test('keeps of a table the columns and rows this form has room for', () => {
    const table = (maxRows: number, ...columns: readonly object[]) => ({
      key: 'people',
      label: '人员',
      type: 'table',
      maxRows,
      columns,
    });
    const earlier = table(9, text('name'), text('post'));
    const answers = { people: [{ name: '甲', post: '秘书长' }, { name: '乙' }, { name: '丙' }] };
    expect(copied([table(2, text('name'))], [earlier], answers)).toMatchObject({
      answers: { people: [{ name: '甲' }, { name: '乙' }] },
      notCopied: ['people'],
    });
    expect(copied([earlier], [earlier], answers)).toMatchObject({ answers, notCopied: [] });
    expect(copied([table(9, text('other'))], [earlier], answers)).toMatchObject({
      answers: {},
      filled: [],
      notCopied: ['people'],
    });
  });

  test('copies no declaration, nothing hidden and nothing fixed', () => {
    const yes = { key: 'hasVenue', label: '有活动场地', type: 'boolean' };
    const fields = [
      yes,
      { key: 'kind', label: '类型', type: 'choice', options: options('党建', '学术') },
      text('branch', { visibleWhen: { field: 'kind', in: ['党建'] } }),
    ];
    const leaf = { fixed: { kind: '学术' }, conditions: [{ text: '有活动场地', effect: 'gate', declare: 'hasVenue' }] };
    expect(copied(fields, fields, { hasVenue: true, kind: '党建', branch: '支部' }, leaf)).toMatchObject({
      answers: { kind: '学术' },
      filled: [],
      notCopied: ['hasVenue', 'kind', 'branch'],
    });
  });

  test('stands behind what was sent and before what is known', () => {
    const fields = [
      text('unitName', { prefill: 'unit.name' }),
      text('contact', { prefill: 'user.name' }),
      text('name'),
    ];
    const begun = startingAnswers(rulesOf(formOf(fields)), {
      sent: { name: '新' },
      earlier: { form: formOf(fields), answers: { name: '旧', unitName: '医学会', contact: ' ' } },
      known: knownOf(unit, user),
    });
    expect(begun).toMatchObject({
      answers: { unitName: '医学会', contact: '丙某某', name: '新' },
      filled: [
        { field: 'unitName', from: 'copy' },
        { field: 'contact', from: 'user.name' },
      ],
      notCopied: [],
    });
  });

  test('of any submission into any form has no faults, and into its own form is whole', () => {
    fc.assert(
      fc.property(formAndBodies({ least: 5, most: 10 }), generatedForm(), ([form, inputs], other) => {
        for (const input of inputs) {
          const { answers, faults } = checkShape(form, undefined, input);
          if (faults.length > 0) continue;
          const again = startingAnswers(rulesOf(form), { sent: {}, earlier: { form, answers }, known: {} });
          expect(again.notCopied).toEqual([]);
          const moved = startingAnswers(rulesOf(other), { sent: {}, earlier: { form, answers }, known: {} });
          expect(checkShape(other, undefined, moved.answers)).toMatchObject({
            faults: [],
            dropped: [],
            answers: moved.answers,
          });
        }
      }),
      { numRuns: runsOf(100) },
    );
  }, 60_000);
});
