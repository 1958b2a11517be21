import { describe, expect, test } from 'vitest';
import { findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import type { Change } from '#shared/domain/changes/change.ts';
import { changesBetween } from '#shared/domain/changes/changes-between.ts';
import { withDeclarations } from '#shared/domain/eligibility/with-declarations.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { options } from '../form/forms.ts';

type Written = Record<string, unknown>;

/** What was written of a category, of the group above it, of the call and of the form's fields. */
interface Parts {
  readonly leaf?: Written;
  readonly group?: Written;
  readonly call?: Written;
  readonly form?: Written;
  readonly fields?: readonly Written[];
}

const rulesOf = ({ leaf, group, call, form, fields = [] }: Parts) => {
  const category = { code: '2-1', title: '重点学会建设', ...writtenLeaf, ...leaf };
  const definition = CallDefinition.parse(
    writtenCall({
      categories: [{ code: '2', title: '能力建设', ...group, categories: [category] }],
      forms: { apply: { title: '申报书', sections: [{ title: '一', fields }], ...form } },
      ...call,
    }),
  );
  const place = findCategory(definition.categories, '2-1');
  const written = definition.forms.apply;
  if (place === undefined || written === undefined) throw new Error('no category');
  return { call: definition, place, form: withDeclarations(written, definition, place) };
};

const changesOf = (before: Parts, after: Parts): Change[] => changesBetween(rulesOf(before), rulesOf(after));

const text = (more: Written = {}): Written => ({ key: 'it', label: '名称', type: 'text', maxLength: 9, ...more });
const amount = (more: Written): Parts => ({ leaf: { amount: { unit: '万元', ...more } } });
const quota = (more: Written): Parts => ({ leaf: { quota: more } });
const joint = (more: Written): Parts => ({ leaf: { joint: { allowed: true, ...more } } });
const period = (more: Written): Parts => ({ leaf: { period: { text: '年内', ...more } } });
const goals = (more: Written): Parts => ({
  leaf: { goals: { choose: 'one', options: [goal('a', '甲'), goal('b', '乙')], ...more } },
});
const goal = (value: string, words: string): Written => ({ value, text: words });
const indicator = (more: Written): Parts => ({ leaf: { indicators: [{ title: '人次', ...more }] } });
const condition = (more: Written): Parts => ({ leaf: { conditions: [{ text: '场地', effect: 'gate', ...more }] } });
const obligation = (more: Written): Parts => ({ leaf: { obligations: [{ text: '总结', ...more }] } });
const deliverable = (more: Written): Parts => ({ leaf: { deliverables: [{ text: '论文', ...more }] } });
const material = (more: Written): Parts => ({
  leaf: { materials: [{ key: 'plan', title: '计划', accept: ['pdf'], ...more }] },
});
const field = (more: Written): Parts => ({ fields: [text(more)] });
const table = (more: Written): Parts => ({
  fields: [
    { key: 'who', label: '负责人', type: 'text', maxLength: 9 },
    { key: 'people', label: '人员', type: 'table', maxRows: 5, columns: [column('name', '姓名')], ...more },
  ],
});
const column = (key: string, label: string, more: Written = {}): Written => ({
  ...{ key, label, type: 'text', maxLength: 9 },
  ...more,
});

describe('what is told of a change', () => {
  test.each<[what: string, before: Parts, after: Parts, told: Partial<Change>]>([
    [
      'a fixed amount that becomes a ceiling',
      amount({ kind: 'fixed', value: '1' }),
      amount({ kind: 'cap', max: '2' }),
      { path: 'amount', thing: 'category', aspect: 'amount', from: '1万元', to: { most: '2', unit: '万元' } },
    ],
    [
      'an amount that is left open, by a note or without one',
      { leaf: { amount: { kind: 'undetermined' } } },
      { leaf: { amount: { kind: 'undetermined', note: '另行通知' } } },
      { path: 'amount', thing: 'category', aspect: 'amount', from: { word: 'undetermined' }, to: '另行通知' },
    ],
    [
      'when it is paid, apart from the amount',
      amount({ kind: 'range', min: '1', max: '2', payment: 'before' }),
      amount({ kind: 'range', min: '1', max: '2', payment: 'after' }),
      {
        path: 'amount.payment',
        thing: 'category',
        aspect: 'payment',
        from: { word: 'before' },
        to: { word: 'after' },
      },
    ],
    [
      'a number of awards that becomes a range',
      quota({ kind: 'exact', count: 3 }),
      quota({ kind: 'range', min: 2, max: 4 }),
      { path: 'quota', thing: 'category', aspect: 'quota', from: 3, to: { least: 2, most: 4 } },
    ],
    [
      'a number of awards that only guides',
      quota({ kind: 'cap', max: 3 }),
      quota({ kind: 'soft', max: 3 }),
      { path: 'quota', thing: 'category', aspect: 'quota', from: { most: 3 }, to: { most: 3, soft: true } },
    ],
    [
      'what a number of awards is made of',
      quota({ kind: 'cap', max: 3, parts: [{ title: '甲', kind: 'exact', count: 1 }] }),
      quota({ kind: 'cap', max: 3, parts: [{ title: '甲', kind: 'exact', count: 2 }] }),
      { path: 'quota.parts', thing: 'category', aspect: 'quotaParts' },
    ],
    [
      'what all awards may cost',
      { leaf: { envelope: { total: '5', unit: '万元' } } },
      { leaf: { envelope: { total: '50000', unit: '元' } } },
      { path: 'envelope', thing: 'category', aspect: 'envelope', from: '5万元', to: '50000元' },
    ],
    [
      'who may apply',
      { leaf: { applicants: ['市级学会', '高校科协'] } },
      { leaf: { applicants: ['高校科协', '县级科协'] } },
      {
        path: 'applicants',
        thing: 'category',
        aspect: 'applicants',
        from: { list: ['市级学会', '高校科协'] },
        to: { list: ['高校科协', '县级科协'] },
      },
    ],
    [
      'the first day of the project',
      period({ from: '2022-03' }),
      period({ from: '2022-04' }),
      { path: 'period.from', thing: 'category', aspect: 'from', from: '2022-03', to: '2022-04' },
    ],
    [
      'its last day',
      period({ until: '2022-10' }),
      period({ until: '2022-11-30' }),
      { path: 'period.until', thing: 'category', aspect: 'until', from: '2022-10', to: '2022-11-30' },
    ],
    [
      'an agreement whose time goes before',
      period({ agreement: '协议书' }),
      period({ agreement: '合同' }),
      { path: 'period.agreement', thing: 'category', aspect: 'agreement', from: '协议书', to: '合同' },
    ],
    [
      'whether a lead is named',
      joint({ leadNamed: true }),
      joint({ leadNamed: false }),
      { path: 'joint.leadNamed', thing: 'category', aspect: 'leadNamed', from: true, to: false },
    ],
    [
      'how many partners there are at least',
      joint({ minPartners: 0 }),
      joint({ minPartners: 1 }),
      { path: 'joint.minPartners', thing: 'category', aspect: 'minPartners', from: 0, to: 1 },
    ],
    [
      'which kinds partners are of',
      joint({ partners: ['市级学会'] }),
      joint({ partners: ['高校科协'] }),
      {
        path: 'joint.partners',
        thing: 'category',
        aspect: 'partners',
        from: { list: ['市级学会'] },
        to: { list: ['高校科协'] },
      },
    ],
    [
      'the words on applying together',
      joint({ text: '可联合' }),
      joint({ text: '鼓励联合' }),
      { path: 'joint.text', thing: 'category', aspect: 'jointText', from: '可联合', to: '鼓励联合' },
    ],
    [
      'how many goals are chosen',
      goals({}),
      goals({ choose: 'any' }),
      { path: 'goals.choose', thing: 'category', aspect: 'choose', from: { word: 'one' }, to: { word: 'any' } },
    ],
    [
      'which question asks for them',
      goals({ field: 'kind' }),
      goals({ field: 'aim' }),
      { path: 'goals.field', thing: 'category', aspect: 'askedBy' },
    ],
    [
      'the words of a goal, by its old ones',
      goals({}),
      goals({ options: [goal('a', '甲'), goal('b', '丙')] }),
      { path: 'goals.options[1].text', thing: 'goal', name: '乙', aspect: 'name', from: '乙', to: '丙' },
    ],
    [
      'the figures of an indicator',
      indicator({ kind: 'bound', min: 10, unit: '人' }),
      indicator({ kind: 'bound', max: 20, unit: '次' }),
      {
        path: 'indicators[0]',
        thing: 'indicator',
        name: '人次',
        aspect: 'figures',
        from: { least: 10, unit: '人' },
        to: { most: 20, unit: '次' },
      },
    ],
    [
      'the unit of what each kind of unit has to reach',
      indicator({ kind: 'byApplicant', unit: '人', of: [{ applicants: ['市级学会'], min: 1 }] }),
      indicator({ kind: 'byApplicant', unit: '次', of: [{ applicants: ['市级学会'], min: 1 }] }),
      { path: 'indicators[0]', thing: 'indicator', name: '人次', aspect: 'figures' },
    ],
    [
      'figures of which one is enough, where each kind of unit had its own',
      indicator({ kind: 'byApplicant', of: [{ applicants: ['市级学会'], min: 1 }] }),
      indicator({
        kind: 'oneOf',
        of: [
          { title: '场', min: 1 },
          { title: '次', min: 1 },
        ],
      }),
      { path: 'indicators[0]', thing: 'indicator', name: '人次', aspect: 'figures' },
    ],
    [
      'that an indicator is only wished for',
      indicator({ kind: 'bound', min: 1 }),
      indicator({ kind: 'bound', min: 1, soft: true }),
      { path: 'indicators[0].soft', thing: 'indicator', name: '人次', aspect: 'soft', from: false, to: true },
    ],
    [
      'for whom an indicator is',
      indicator({ kind: 'bound', min: 1, goal: 'a' }),
      indicator({ kind: 'bound', min: 1, goal: 'b' }),
      { path: 'indicators[0].goal', thing: 'indicator', name: '人次', aspect: 'goal', from: 'a', to: 'b' },
    ],
    [
      'whether a condition refuses',
      condition({}),
      condition({ effect: 'priority' }),
      {
        path: 'conditions[0].effect',
        thing: 'condition',
        name: '场地',
        aspect: 'effect',
        from: { word: 'gate' },
        to: { word: 'priority' },
      },
    ],
    [
      'which file decides a condition',
      condition({ material: 'plan' }),
      condition({ material: 'proof' }),
      { path: 'conditions[0].rule', thing: 'condition', name: '场地', aspect: 'decides' },
    ],
    [
      'what is said to whom does not meet it',
      condition({ message: '不符' }),
      condition({ message: '不得申报' }),
      {
        path: 'conditions[0].message',
        thing: 'condition',
        name: '场地',
        aspect: 'message',
        from: '不符',
        to: '不得申报',
      },
    ],
    [
      'when an obligation is due, by a day or after something',
      obligation({ due: { kind: 'date', on: '2022-12-01' } }),
      obligation({ due: { kind: 'within', count: 1, unit: 'week', after: '结束' } }),
      {
        path: 'obligations[0].due',
        thing: 'obligation',
        name: '总结',
        aspect: 'due',
        from: '2022-12-01',
        to: { count: 1, time: 'week', event: '结束' },
      },
    ],
    [
      'that it is the report later calls look at',
      obligation({}),
      obligation({ report: true }),
      { path: 'obligations[0].report', thing: 'obligation', name: '总结', aspect: 'report', from: false, to: true },
    ],
    [
      'the records a deliverable is believed by',
      deliverable({ evidence: { needed: '照片', without: '视为未开展' } }),
      deliverable({ evidence: { needed: '签到表', without: '视为未开展' } }),
      {
        path: 'deliverables[0].evidence.needed',
        thing: 'deliverable',
        name: '论文',
        aspect: 'evidence',
        from: '照片',
        to: '签到表',
      },
    ],
    [
      'what holds without them',
      deliverable({ evidence: { needed: '照片', without: '视为未开展' } }),
      deliverable({ evidence: { needed: '照片', without: '不予结题' } }),
      {
        path: 'deliverables[0].evidence.without',
        thing: 'deliverable',
        name: '论文',
        aspect: 'without',
        from: '视为未开展',
        to: '不予结题',
      },
    ],
    [
      'the title of a material, by its old one',
      material({}),
      material({ title: '方案' }),
      { path: 'materials.plan.title', thing: 'material', name: '计划', aspect: 'name', from: '计划', to: '方案' },
    ],
    [
      'how large a file may be, in bytes',
      material({ maxSize: '1KB' }),
      material({ maxSize: 2000 }),
      {
        path: 'materials.plan.maxSize',
        thing: 'material',
        name: '计划',
        aspect: 'maxSize',
        from: { bytes: 1024 },
        to: { bytes: 2000 },
      },
    ],
    [
      'how many files it takes',
      material({}),
      material({ maxCount: 2 }),
      { path: 'materials.plan.maxCount', thing: 'material', name: '计划', aspect: 'maxCount', from: 1, to: 2 },
    ],
    [
      'the hint on a material',
      material({ hint: '盖章' }),
      material({ hint: '签字' }),
      { path: 'materials.plan.hint', thing: 'material', name: '计划', aspect: 'hint', from: '盖章', to: '签字' },
    ],
    [
      'that a material only helps',
      material({}),
      material({ priority: true }),
      { path: 'materials.plan.priority', thing: 'material', name: '计划', aspect: 'priority', from: false, to: true },
    ],
    [
      'an answer that the category decides',
      { leaf: { fixed: { it: '党建' } }, fields: [text()] },
      { leaf: { fixed: { it: '学术' } }, fields: [text()] },
      { path: 'fixed.it', thing: 'fixed', name: '名称', aspect: 'value', from: '党建', to: '学术' },
    ],
    [
      'the title of a group, by its new one',
      {},
      { group: { title: '能力' } },
      { path: 'groups.2.title', thing: 'group', name: '能力', aspect: 'name', from: '能力建设', to: '能力' },
    ],
    [
      'the words of a group',
      { group: { content: '旧' } },
      { group: { content: '新' } },
      { path: 'groups.2.content', thing: 'group', name: '能力建设', aspect: 'content' },
    ],
    [
      'an obligation of a group',
      { group: { obligations: [{ text: '总结', due: { kind: 'date', on: '2022-12-01' } }] } },
      { group: { obligations: [{ text: '总结', due: { kind: 'date', on: '2022-12-02' } }] } },
      {
        path: 'groups.2.obligations[0].due',
        thing: 'obligation',
        name: '总结',
        aspect: 'due',
        from: '2022-12-01',
        to: '2022-12-02',
      },
    ],
    [
      'a condition of a group',
      { group: { conditions: [{ text: '场地', effect: 'gate' }] } },
      { group: { conditions: [{ text: '场地', effect: 'priority' }] } },
      {
        path: 'groups.2.conditions[0].effect',
        thing: 'condition',
        name: '场地',
        aspect: 'effect',
        from: { word: 'gate' },
        to: { word: 'priority' },
      },
    ],
    [
      'a condition of the call',
      { call: { conditions: [{ text: '场地', effect: 'gate' }] } },
      { call: { conditions: [{ text: '场地', effect: 'priority' }] } },
      {
        path: 'call.conditions[0].effect',
        thing: 'condition',
        name: '场地',
        aspect: 'effect',
        from: { word: 'gate' },
        to: { word: 'priority' },
      },
    ],
    [
      'the year of the call',
      { call: { fiscalYear: 2022 } },
      { call: { fiscalYear: 2023 } },
      { path: 'call.fiscalYear', thing: 'call', aspect: 'fiscalYear', from: 2022, to: 2023 },
    ],
    [
      'the words on sanctions',
      { call: { history: { sanctioned: { text: '旧' } } } },
      { call: { history: { sanctioned: { text: '新' } } } },
      { path: 'call.history.sanctioned', thing: 'call', aspect: 'sanctioned', from: '旧', to: '新' },
    ],
    [
      'the words on what is overdue, which bars without any',
      { call: { history: { overdue: {} } } },
      { call: { history: { overdue: { text: '不得' } } } },
      { path: 'call.history.overdue', thing: 'call', aspect: 'overdue', from: { word: 'bars' }, to: '不得' },
    ],
    [
      'the title of the form',
      { form: { title: '旧表' } },
      { form: { title: '新表' } },
      { path: 'form.title', thing: 'form', aspect: 'name', from: '旧表', to: '新表' },
    ],
    [
      'the hint on a field',
      field({ hint: '旧' }),
      field({ hint: '新' }),
      { path: 'form.it.hint', thing: 'field', name: '名称', aspect: 'hint', from: '旧', to: '新' },
    ],
    [
      'how short a text may be',
      field({ minLength: 1 }),
      field({ minLength: 2 }),
      { path: 'form.it.minLength', thing: 'field', name: '名称', aspect: 'minLength', from: 1, to: 2 },
    ],
    [
      'that a text has several lines',
      field({}),
      field({ multiline: true }),
      { path: 'form.it.multiline', thing: 'field', name: '名称', aspect: 'multiline', from: false, to: true },
    ],
    [
      'the format of a text',
      field({ format: 'email' }),
      field({ format: 'uscc' }),
      {
        path: 'form.it.format',
        thing: 'field',
        name: '名称',
        aspect: 'format',
        from: { word: 'email' },
        to: { word: 'uscc' },
      },
    ],
    [
      'the least of a number',
      { fields: [{ key: 'it', label: '人数', type: 'integer', min: 1 }] },
      { fields: [{ key: 'it', label: '人数', type: 'integer', min: 2 }] },
      { path: 'form.it.min', thing: 'field', name: '人数', aspect: 'min', from: 1, to: 2 },
    ],
    [
      'the unit of a number',
      { fields: [{ key: 'it', label: '人数', type: 'integer', unit: '人' }] },
      { fields: [{ key: 'it', label: '人数', type: 'integer', unit: '名' }] },
      { path: 'form.it.unit', thing: 'field', name: '人数', aspect: 'unit', from: '人', to: '名' },
    ],
    [
      'the most of an amount',
      { fields: [{ key: 'it', label: '金额', type: 'money', unit: '元', max: '1' }] },
      { fields: [{ key: 'it', label: '金额', type: 'money', unit: '元', max: '2' }] },
      { path: 'form.it.max', thing: 'field', name: '金额', aspect: 'max', from: '1', to: '2' },
    ],
    [
      'how many can be chosen at least',
      { fields: [{ key: 'it', label: '方向', type: 'choices', options: options('甲', '乙'), min: 1 }] },
      { fields: [{ key: 'it', label: '方向', type: 'choices', options: options('甲', '乙'), min: 2 }] },
      { path: 'form.it.min', thing: 'field', name: '方向', aspect: 'min', from: 1, to: 2 },
    ],
    [
      'how many can be chosen at most',
      { fields: [{ key: 'it', label: '方向', type: 'choices', options: options('甲', '乙'), max: 1 }] },
      { fields: [{ key: 'it', label: '方向', type: 'choices', options: options('甲', '乙'), max: 2 }] },
      { path: 'form.it.max', thing: 'field', name: '方向', aspect: 'max', from: 1, to: 2 },
    ],
    [
      'the label of an option, by its old one and that of its field',
      { fields: [{ key: 'it', label: '方向', type: 'choices', options: [{ value: 'a', label: '甲' }] }] },
      { fields: [{ key: 'it', label: '方向', type: 'choices', options: [{ value: 'a', label: '乙' }] }] },
      {
        path: 'form.it.options[0].label',
        thing: 'option',
        of: '方向',
        name: '甲',
        aspect: 'name',
        from: '甲',
        to: '乙',
      },
    ],
    [
      'how many rows a table has at least',
      table({ minRows: 1 }),
      table({ minRows: 2 }),
      { path: 'form.people.minRows', thing: 'field', name: '人员', aspect: 'minRows', from: 1, to: 2 },
    ],
    [
      'its first row',
      table({ firstRow: { fixed: { name: '甲' } } }),
      table({ firstRow: { sameAs: { name: 'who' } } }),
      { path: 'form.people.firstRow', thing: 'field', name: '人员', aspect: 'firstRow' },
    ],
    [
      'what a column asks, with the label of its table',
      table({ columns: [column('name', '姓名')] }),
      table({ columns: [column('name', '姓名', { maxLength: 8 })] }),
      {
        path: 'form.people.columns.name.maxLength',
        thing: 'column',
        of: '人员',
        name: '姓名',
        aspect: 'maxLength',
        from: 9,
        to: 8,
      },
    ],
  ])('%s', (_, before, after, told) => {
    expect(changesOf(before, after)).toEqual([{ kind: 'changed', ...told }]);
    expect(changesOf(before, before)).toEqual([]);
  });

  test.each<[what: string, without: Parts, has: Parts, told: Partial<Change>]>([
    [
      'an amount',
      {},
      amount({ kind: 'cap', max: '2' }),
      {
        path: 'amount',
        thing: 'category',
        aspect: 'amount',
        to: { most: '2', unit: '万元' },
      },
    ],
    [
      'a number of awards',
      {},
      quota({ kind: 'exact', count: 3 }),
      {
        path: 'quota',
        thing: 'category',
        aspect: 'quota',
        to: 3,
      },
    ],
    [
      'words on the category',
      {},
      { leaf: { content: '内容' } },
      { path: 'content', thing: 'category', aspect: 'content' },
    ],
    [
      'a limit on a unit',
      {},
      { leaf: { limitPerUnit: 1 } },
      {
        path: 'limitPerUnit',
        thing: 'category',
        aspect: 'limitPerUnit',
        to: 1,
      },
    ],
    [
      'when an obligation is due',
      obligation({}),
      obligation({ due: { kind: 'date', on: '2022-12-01' } }),
      {
        path: 'obligations[0].due',
        thing: 'obligation',
        name: '总结',
        aspect: 'due',
        to: '2022-12-01',
      },
    ],
    ['an obligation', {}, obligation({}), { path: 'obligations[0]', thing: 'obligation', name: '总结' }],
    ['a condition', {}, condition({}), { path: 'conditions[0]', thing: 'condition', name: '场地' }],
    [
      'an indicator',
      {},
      indicator({ kind: 'bound', min: 1 }),
      { path: 'indicators[0]', thing: 'indicator', name: '人次' },
    ],
    [
      'a deliverable in a sentence',
      {},
      { leaf: { deliverables: ['论文'] } },
      {
        path: 'deliverables[0]',
        thing: 'deliverable',
        name: '论文',
      },
    ],
    [
      'a fixed answer',
      { fields: [text()] },
      { leaf: { fixed: { it: '党建' } }, fields: [text()] },
      {
        path: 'fixed.it',
        thing: 'fixed',
        name: '名称',
      },
    ],
    [
      'a fixed answer to what no form asks',
      {},
      { leaf: { fixed: { gone: '党建' } } },
      {
        path: 'fixed.gone',
        thing: 'fixed',
        name: 'gone',
      },
    ],
    [
      'a hint on a section',
      { form: { sections: [{ title: '一', fields: [] }] } },
      {
        form: { sections: [{ title: '一', hint: '如实填写', fields: [] }] },
      },
      {
        path: 'form.sections[0].hint',
        thing: 'guidance',
        name: '如实填写',
      },
    ],
    [
      'a statement',
      { form: { sections: [{ title: '一', fields: [] }] } },
      {
        form: { sections: [{ title: '一', fields: [], statements: [{ kind: 'signature', text: '盖章' }] }] },
      },
      {
        path: 'form.sections[0].statements[0]',
        thing: 'statement',
        name: '盖章',
      },
    ],
  ])('that %s came, and that it went', (_, without, has, told) => {
    expect(changesOf(without, has)).toEqual([{ kind: 'added', ...told }]);
    const { to: from, ...thing } = told;
    expect(changesOf(has, without)).toEqual([{ kind: 'removed', ...thing, ...(from === undefined ? {} : { from }) }]);
  });

  test('whether what came has to be answered: a field, a column and a material', () => {
    for (const required of [true, false]) {
      expect(changesOf({}, field({ required }))).toEqual([
        { path: 'form.it', kind: 'added', thing: 'field', name: '名称', required },
      ]);
      const more = { columns: [column('name', '姓名'), column('post', '职务', { required })] };
      expect(changesOf(table({}), table(more))).toEqual([
        { path: 'form.people.columns.post', kind: 'added', thing: 'column', of: '人员', name: '职务', required },
      ]);
      expect(changesOf({ leaf: { materials: [] } }, material({ required }))).toEqual([
        { path: 'materials.plan', kind: 'added', thing: 'material', name: '计划', required },
      ]);
    }
  });

  test('nothing of an order that asks for nothing', () => {
    const row = (sameAs: Written, fixed: Written): Parts =>
      table({ columns: [column('name', '姓名'), column('post', '职务')], firstRow: { sameAs, fixed } });
    const [venue, rating] = [
      { text: '场地', effect: 'gate' },
      { text: '等级', effect: 'priority' },
    ];
    const reversed = (lists: Readonly<Record<string, readonly unknown[]>>): Written =>
      Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, list.toReversed()]));
    const pairs: readonly [Parts, Parts][] = [
      [{ leaf: { applicants: ['市级学会', '高校科协'] } }, { leaf: { applicants: ['高校科协', '市级学会'] } }],
      [joint({ partners: ['市级学会', '高校科协'] }), joint({ partners: ['高校科协', '市级学会'] })],
      [material({ accept: ['pdf', 'docx'] }), material({ accept: ['docx', 'pdf'] })],
      [row({ name: 'who', post: 'who' }, {}), row({ post: 'who', name: 'who' }, {})],
      [row({}, { name: '甲', post: '乙' }), row({}, { post: '乙', name: '甲' })],
      [row({}, {}), table({ columns: [column('name', '姓名'), column('post', '职务')] })],
      [table({ firstRow: { fixed: { name: '甲' } } }), table({ firstRow: { sameAs: {}, fixed: { name: '甲' } } })],
      ...[
        { conditions: [venue, rating] },
        { obligations: [{ text: '总结' }, { text: '公示', report: true }] },
        { deliverables: ['论文', { text: '报告', evidence: { needed: '照片', without: '视为未开展' } }] },
      ].map((leaf): [Parts, Parts] => [{ leaf }, { leaf: reversed(leaf) }]),
      [{ leaf: { fixed: { it: '甲', other: '乙' } } }, { leaf: { fixed: { other: '乙', it: '甲' } } }],
    ];
    for (const [one, other] of pairs) expect(changesOf(one, other)).toEqual([]);
  });

  test('when a field shows, in the labels of what it hangs on', () => {
    const shown = (label: string, values: readonly string[]): Parts => ({
      fields: [
        {
          key: 'kind',
          label: '类型',
          type: 'choice',
          options: [
            { value: 'a', label },
            { value: 'b', label: '乙' },
          ],
        },
        text({ visibleWhen: { field: 'kind', in: values } }),
      ],
    });
    expect(changesOf(shown('甲', ['a']), shown('甲', ['b', 'a']))).toEqual([
      {
        path: 'form.it.visibleWhen',
        kind: 'changed',
        thing: 'field',
        name: '名称',
        aspect: 'visibleWhen',
        from: { field: '类型', in: ['甲'] },
        to: { field: '类型', in: ['乙', '甲'] },
      },
    ]);
    expect(changesOf(shown('甲', ['a', 'b']), shown('甲', ['b', 'a']))).toEqual([]);
    expect(changesOf(shown('甲', ['a']), shown('丙', ['a'])).map(({ path }) => path)).toEqual([
      'form.kind.options[0].label',
    ]);
  });

  test('joint applications as a whole where they come to be allowed, the call’s where the category has none', () => {
    const allowed = changesOf({ call: { joint: { allowed: false } } }, { call: { joint: { allowed: true } } });
    expect(allowed.map(({ path, kind }) => [path, kind])).toEqual([
      ['joint.allowed', 'changed'],
      ['joint.leadNamed', 'added'],
      ['joint.minPartners', 'added'],
      ['joint.maxPartners', 'added'],
      ['joint.partnersCount', 'added'],
    ]);
    expect(changesOf({ call: { joint: { allowed: true } } }, joint({}))).toEqual([]);
  });

  test('a group that is above the category in one version alone, with all that it says', () => {
    const group = { code: '2', title: '能力建设', conditions: [{ text: '场地', effect: 'gate' }] };
    const leaf = { code: '2-1', title: '重点学会建设', ...writtenLeaf };
    const under = { call: { categories: [{ ...group, obligations: [{ text: '总结' }], categories: [leaf] }] } };
    const alone = { call: { categories: [leaf] } };
    expect(changesOf(alone, under)).toEqual([
      { path: 'groups.2.title', kind: 'added', thing: 'group', name: '能力建设', aspect: 'name', to: '能力建设' },
      { path: 'groups.2.conditions[0]', kind: 'added', thing: 'condition', name: '场地' },
      { path: 'groups.2.obligations[0]', kind: 'added', thing: 'obligation', name: '总结' },
    ]);
    expect(changesOf(under, alone).map(({ path, kind, name }) => [path, kind, name])).toEqual([
      ['groups.2.title', 'removed', '能力建设'],
      ['groups.2.conditions[0]', 'removed', '场地'],
      ['groups.2.obligations[0]', 'removed', '总结'],
    ]);
  });

  test('a sentence that is written twice, each time it comes or goes', () => {
    const twice = { leaf: { deliverables: ['论文', '论文'] } };
    const once = { leaf: { deliverables: ['论文'] } };
    expect(changesOf(once, twice)).toEqual([
      { path: 'deliverables[1]', kind: 'added', thing: 'deliverable', name: '论文' },
    ]);
    expect(changesOf(twice, once)).toEqual([
      { path: 'deliverables[1]', kind: 'removed', thing: 'deliverable', name: '论文' },
    ]);
  });

  test('a rule of the form by its words, and one whose words stay while it decides otherwise', () => {
    const rule = (more: Written): Parts => ({
      fields: [text()],
      form: { rules: [{ kind: 'check', rule: 'true', fields: ['it'], message: '不符', ...more }] },
    });
    expect(changesOf(rule({}), rule({ rule: 'false' }))).toEqual([
      { path: 'form.rules[0].rule', kind: 'changed', thing: 'rule', name: '不符', aspect: 'decides' },
    ]);
    expect(changesOf(rule({}), rule({ clause: '第一条' }))).toEqual([]);
    expect(changesOf(rule({}), rule({ message: '不对' }))).toEqual([
      { path: 'form.rules[0]', kind: 'added', thing: 'rule', name: '不对' },
      { path: 'form.rules[0]', kind: 'removed', thing: 'rule', name: '不符' },
    ]);
  });

  test('of a field whose type changed only what both types have', () => {
    const number = { key: 'it', label: '名称', type: 'integer', max: 3, unit: '天' };
    expect(changesOf(field({ format: 'email' }), { fields: [{ ...number, required: true }] })).toEqual([
      {
        path: 'form.it.type',
        kind: 'changed',
        thing: 'field',
        name: '名称',
        aspect: 'type',
        from: { word: 'text' },
        to: { word: 'integer' },
      },
      {
        path: 'form.it.required',
        kind: 'changed',
        thing: 'field',
        name: '名称',
        aspect: 'required',
        from: false,
        to: true,
      },
    ]);
    const choice = { key: 'it', label: '名称', type: 'choice', options: options('甲') };
    expect(changesOf({ fields: [choice] }, field({})).map(({ path }) => path)).toEqual(['form.it.type']);
  });

  test('nothing of a field that only declares a condition, which is told itself', () => {
    expect(changesOf({}, condition({ declare: 'hasVenue' }))).toEqual([
      { path: 'conditions[0]', kind: 'added', thing: 'condition', name: '场地' },
    ]);
    expect(changesOf(condition({ declare: 'hasVenue' }), {})).toEqual([
      { path: 'conditions[0]', kind: 'removed', thing: 'condition', name: '场地' },
    ]);
  });

  test('of a column whose type changed its type, and nothing that only one of them has', () => {
    const days = { key: 'days', label: '天数', type: 'integer', max: 3 };
    const [one, other] = [table({ columns: [column('days', '天数')] }), table({ columns: [days] })];
    for (const [before, after] of [
      [one, other],
      [other, one],
    ] as const)
      expect(changesOf(before, after).map(({ path }) => path)).toEqual(['form.people.columns.days.type']);
    expect(changesOf(one, table({ columns: [column('days', '天数', { maxLength: 8 })] }))).toHaveLength(1);
  });

  test('that a table has a first row, and that it has none', () => {
    const told = { path: 'form.people.firstRow', thing: 'field', name: '人员', aspect: 'firstRow' };
    const row = table({ firstRow: { fixed: { name: '甲' } } });
    expect(changesOf(table({}), row)).toEqual([{ ...told, kind: 'added' }]);
    expect(changesOf(row, table({}))).toEqual([{ ...told, kind: 'removed' }]);
  });

  test('each of several groups by its own code', () => {
    const nested = (limits: readonly [number, number]): Parts => {
      const leaf = { code: '2-1', title: '重点学会建设', ...writtenLeaf };
      const inner = { code: 'b', title: '内', limitPerUnit: limits[1], categories: [leaf] };
      return { call: { categories: [{ code: 'a', title: '外', limitPerUnit: limits[0], categories: [inner] }] } };
    };
    const limit = { kind: 'changed', thing: 'group', aspect: 'limitPerUnit' };
    expect(changesOf(nested([1, 2]), nested([3, 2]))).toEqual([
      { ...limit, path: 'groups.a.limitPerUnit', name: '外', from: 1, to: 3 },
    ]);
    expect(changesOf(nested([1, 2]), nested([1, 4]))).toEqual([
      { ...limit, path: 'groups.b.limitPerUnit', name: '内', from: 2, to: 4 },
    ]);
  });

  test('a sentence that is written three times, the second and the third time too', () => {
    const written = (...deliverables: readonly string[]): Parts => ({ leaf: { deliverables } });
    expect(changesOf(written('论文'), written('论文', '论文', '论文')).map(({ path }) => path)).toEqual([
      'deliverables[1]',
      'deliverables[2]',
    ]);
  });

  test('an answer that the category decides by the label it has now, and by its last one where it is gone', () => {
    const decided = (value: string, label: string): Parts => ({
      leaf: { fixed: { it: value } },
      fields: [text({ label })],
    });
    const named = (before: Parts, after: Parts) =>
      changesOf(before, after).flatMap(({ thing, name }) => (thing === 'fixed' ? [name] : []));
    expect(named(decided('甲', '旧'), decided('乙', '新'))).toEqual(['新']);
    expect(named(decided('甲', '旧'), {})).toEqual(['旧']);
  });
});
