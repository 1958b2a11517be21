import { describe, expect, it } from 'vitest';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { parseLocatedYaml } from '#shared/domain/call/parse-yaml.ts';
import { writtenCall, writtenForm, writtenLeaf } from '#test/support/calls.ts';

type Json = Record<string, unknown>;

const gate = (more: Json): Json => ({ text: '须具备条件', effect: 'gate', ...more });
const leaf = (code: string, more: Json = {}) => ({ code, title: '学术交流', ...writtenLeaf, ...more });
const group = (conditions: readonly Json[], ...categories: readonly Json[]) => ({
  code: 'g',
  title: '大类',
  conditions,
  categories,
});
const codesOf = (findings: readonly { path: string; code: string }[]) =>
  findings.map(({ path, code }) => `${path} ${code}`);
const faultsOf = (overrides: Json) => codesOf(checkDefinition(writtenCall(overrides)).faults);
const warningsOf = (overrides: Json) =>
  codesOf(checkDefinition(writtenCall(overrides)).warnings).filter((text) => !text.startsWith('closes '));
const conditionFaults = (...conditions: readonly Json[]) => faultsOf({ categories: [leaf('1', { conditions })] });
const material = (key: string, more: Json = {}) => ({ key, title: '证明', accept: ['pdf'], ...more });

describe('a condition', () => {
  it('is decided by a rule, a declaration, a material or nobody', () => {
    const conditions = [
      gate({ rule: 'unit.rating >= 3' }),
      gate({ declare: 'ownSite' }),
      gate({ material: 'proof' }),
      gate({}),
    ];
    expect(faultsOf({ categories: [leaf('1', { conditions, materials: [material('proof')] })] })).toEqual([]);
  });

  it('is not decided in two ways', () => {
    expect(conditionFaults(gate({ rule: 'unit.rating >= 3', declare: 'ownSite' }))).toEqual([
      'categories[0].conditions[0] CONDITION_AMBIGUOUS',
    ]);
  });

  it('reads nothing that is not there', () => {
    expect(
      conditionFaults(
        gate({ rule: 'unit.rank >= 3' }),
        gate({ rule: 'unit.rating >=' }),
        gate({ rule: 'unit.rating >= "3"' }),
        gate({ rule: 'answers.name.matches("^a")' }),
        gate({ material: 'proof' }),
      ),
    ).toEqual([
      'categories[0].conditions[4].material UNKNOWN_MATERIAL',
      'categories[0].conditions[0].rule EXPRESSION_UNKNOWN',
      'categories[0].conditions[1].rule EXPRESSION_SYNTAX',
      'categories[0].conditions[2].rule EXPRESSION_TYPE',
      'categories[0].conditions[3].rule EXPRESSION_NOT_ALLOWED',
    ]);
  });

  it('reads what others ask to be declared', () => {
    expect(
      conditionFaults(gate({ declare: 'ownSite' }), gate({ rule: 'answers.ownSite || unit.rating >= 4' })),
    ).toEqual([]);
  });

  it('of the call or a group is checked in every category below, and told once', () => {
    const conditions = [gate({ rule: 'submission.attachments.proof > 0' })];
    const withProof = leaf('1', { materials: [material('proof')] });
    expect(faultsOf({ conditions, categories: [withProof] })).toEqual([]);
    expect(faultsOf({ conditions, categories: [withProof, leaf('2'), leaf('3')] })).toEqual([
      'conditions[0].rule EXPRESSION_UNKNOWN',
    ]);
    expect(faultsOf({ categories: [leaf('0'), group(conditions, withProof, leaf('2'), leaf('3'))] })).toEqual([
      'categories[1].conditions[0].rule EXPRESSION_UNKNOWN',
    ]);
  });

  it('of one group says nothing of another', () => {
    const conditions = [gate({ material: 'proof' })];
    expect(
      faultsOf({ categories: [group(conditions, leaf('1', { materials: [material('proof')] })), leaf('2')] }),
    ).toEqual([]);
  });

  it('is found wrong although its category is wrong besides', () => {
    const conditions = [gate({ rule: 'true', declare: 'ownSite' })];
    expect(faultsOf({ categories: [leaf('1', { title: 3, conditions })] })).toEqual([
      'categories[0].title WRONG_TYPE',
      'categories[0].conditions[0] CONDITION_AMBIGUOUS',
    ]);
  });

  it('declares one text under one key, which the form has for a yes or no at most', () => {
    expect(conditionFaults(gate({ declare: 'ownSite' }), gate({ declare: 'ownSite' }))).toEqual([]);
    expect(conditionFaults(gate({ declare: 'ownSite' }), gate({ declare: 'ownSite', text: '另一项' }))).toEqual([
      'categories[0].conditions[1].declare DUPLICATE',
    ]);
    expect(conditionFaults(gate({ declare: 'name' }))).toEqual([
      'categories[0].conditions[0].declare WRONG_FIELD_TYPE',
    ]);
  });

  it('is no gate where its material is evidence for priority alone', () => {
    const of = (effect: string) =>
      faultsOf({
        categories: [
          leaf('1', {
            conditions: [{ text: '附有证明', effect, material: 'proof' }],
            materials: [material('proof', { priority: true })],
          }),
        ],
      });
    expect(of('priority')).toEqual([]);
    expect(of('gate')).toEqual(['categories[0].conditions[0].material PRIORITY_GATES']);
  });

  it('has no message where nobody would read it', () => {
    const message = '请先评定等级';
    expect(warningsOf({ conditions: [gate({ rule: 'unit.rating >= 3', message })] })).toEqual([]);
    expect(
      warningsOf({ conditions: [gate({ message }), { text: '优先', effect: 'priority', rule: 'true', message }] }),
    ).toEqual(['conditions[0].message UNREACHABLE', 'conditions[1].message UNREACHABLE']);
  });

  it('that gates is told where it hangs on an answer that may be left blank', () => {
    const people = { key: 'people', label: '人数', type: 'integer' };
    const rows = { key: 'rows', label: '明细', type: 'table', maxRows: 3, columns: [people], required: true };
    const form = { ...writtenForm, sections: [{ title: '一', fields: [people, rows] }] };
    const told = (...conditions: readonly Json[]) =>
      checkDefinition(writtenCall({ forms: { apply: form }, categories: [leaf('1'), leaf('2')], conditions }))
        .warnings.filter(({ code }) => code === 'ANSWER_OPTIONAL')
        .map(({ path, params }) => `${path} ${params?.label}`);
    expect(told(gate({ rule: 'answers.people > 10' }))).toEqual(['conditions[0].rule 人数']);
    expect(told(gate({ rule: 'has(answers.people) && answers.people > 10' }))).toEqual([]);
    expect(told(gate({ rule: 'answers.rows.all(row, row.people > 10)' }))).toEqual([]);
    expect(told({ text: '优先', effect: 'priority', rule: 'answers.people > 10' })).toEqual([]);
    expect(told(gate({ declare: 'site' }), gate({ rule: 'answers.site' }))).toEqual([]);
    expect(told({ text: '有场地', effect: 'priority', declare: 'site' }, gate({ rule: 'answers.site' }))).toEqual([
      'conditions[1].rule 有场地',
    ]);
  });

  it('that gates by an answer the category fixes hangs on nobody', () => {
    const rule = 'answers.kind == "key"';
    const told = (more: Json) => warningsOf({ categories: [leaf('1', { conditions: [gate({ rule })], ...more })] });
    expect(told({})).toEqual(['categories[0].conditions[0].rule ANSWER_OPTIONAL']);
    expect(told({ fixed: { kind: 'key' } })).toEqual([]);
  });

  it('that gates is told of each of two answers that may be left blank', () => {
    const counts = ['few', 'many'].map((key) => ({ key, label: key, type: 'integer' }));
    const form = { ...writtenForm, sections: [{ title: '一', fields: counts }] };
    const { warnings } = checkDefinition(
      writtenCall({
        forms: { apply: form },
        categories: [leaf('1', { conditions: [gate({ rule: 'answers.few < answers.many' })] })],
      }),
    );
    expect(warnings.slice(1)).toEqual(
      ['few', 'many'].map((label) => ({
        path: 'categories[0].conditions[0].rule',
        code: 'ANSWER_OPTIONAL',
        params: { label },
      })),
    );
  });

  it('is told once of a rule of the call, however many categories it holds for', () => {
    const conditions = [gate({ rule: 'answers.kind == "key"' })];
    expect(warningsOf({ conditions })).toEqual(['conditions[0].rule ANSWER_OPTIONAL']);
  });

  it('that is declared by a field of the form is told where that one is not always asked', () => {
    const kind = {
      key: 'kind',
      label: '类型',
      type: 'choice',
      options: ['论坛', '年会'].map((value) => ({ value, label: value })),
    };
    const site = { key: 'site', label: '有场地', type: 'boolean', visibleWhen: { field: 'kind', in: ['年会'] } };
    const form = { ...writtenForm, sections: [{ title: '一', fields: [kind, site] }] };
    const told = (effect: string, fixed: Json) =>
      warningsOf({
        forms: { apply: form },
        categories: [leaf('1', { ...fixed, conditions: [{ text: '有场地', effect, declare: 'site' }] })],
      });
    expect(told('gate', {})).toEqual(['categories[0].conditions[0].declare DECLARATION_HIDDEN']);
    expect(told('gate', { fixed: { kind: '年会' } })).toEqual([]);
    expect(told('gate', { fixed: { kind: '论坛' } })).toContain(
      'categories[0].conditions[0].declare DECLARATION_HIDDEN',
    );
    expect(told('priority', {})).toEqual([]);
  });

  it('is declared a hundred times in a category at most', () => {
    const declarations = (count: number, of: string) =>
      Array.from({ length: count }, (_, index) => gate({ declare: `${of}${index}` }));
    const faultsWith = (count: number) =>
      faultsOf({
        conditions: declarations(50, 'a'),
        categories: [group(declarations(50, 'b'), leaf('1', { conditions: declarations(count, 'c') }))],
      });
    expect(faultsWith(0)).toEqual([]);
    expect(faultsWith(1)).toEqual(['categories[0].categories[0] TOO_MANY']);
  });

  it('is part of what a category may cost in all', () => {
    const members = {
      key: 'members',
      label: '成员',
      type: 'table',
      maxRows: 38,
      columns: [{ key: 'n', label: '数', type: 'integer' }],
    };
    const form = { ...writtenForm, sections: [{ title: '一', fields: [members] }] };
    const rule = 'answers.members.all(a, answers.members.all(b, a.n != b.n))';
    const conditions = Array.from({ length: 30 }, () => gate({ rule }));
    const faultsWith = (count: number) =>
      faultsOf({ forms: { apply: form }, categories: [leaf('1', { conditions: conditions.slice(0, count) })] });
    expect(faultsWith(5)).toEqual([]);
    expect(faultsWith(30)).toEqual(['categories[0] EXPRESSION_TOO_COSTLY']);
  });

  it('is told by line and column of the YAML it is written in', () => {
    const { value, locate } = parseLocatedYaml(`title: 通知
conditions:
  - text: 3A级以上
    effect: gate
    rule: unit.rank >= 3
`);
    const { faults } = checkDefinition({ ...writtenCall(), ...(value instanceof Object ? value : {}) });
    expect(locate(faults)).toEqual([expect.objectContaining({ position: { line: 5, column: 5 } })]);
  });
});

describe('a rule of a form', () => {
  const checkRule = (more: Json) => ({
    kind: 'check',
    rule: 'size(answers.name) > 1',
    message: '太短',
    fields: ['name'],
    ...more,
  });
  const found = (more: Json) => faultsOf({ forms: { apply: { ...writtenForm, rules: [checkRule(more)] } } });

  it('reads answers, unit and call', () => {
    expect(found({})).toEqual([]);
    expect(found({ rule: 'unit.rating > 1 || call.fiscalYear > 2000' })).toEqual([]);
  });

  it('is checked as conditions are, and shows at fields there are', () => {
    expect(found({ rule: 'answers.nothing > 1' })).toEqual(['forms.apply.rules[0].rule EXPRESSION_UNKNOWN']);
    expect(found({ rule: 'submission.partners > 1' })).toEqual(['forms.apply.rules[0].rule EXPRESSION_UNKNOWN']);
    expect(found({ fields: ['nothing', 'name', 'name'] })).toEqual([
      'forms.apply.rules[0].fields[0] UNKNOWN_FIELD',
      'forms.apply.rules[0].fields[2] DUPLICATE',
    ]);
  });
});

describe('joint applications', () => {
  it.each([
    ['joint', (joint: Json) => ({ joint })],
    ['categories[0].joint', (joint: Json) => ({ categories: [leaf('1', { joint })] })],
  ])('of %s have bounds that can be met and kinds once each', (path, of) => {
    expect(faultsOf(of({ allowed: true, minPartners: 2, maxPartners: 2, partners: ['企业科协'] }))).toEqual([]);
    expect(faultsOf(of({ allowed: false }))).toEqual([]);
    expect(faultsOf(of({ allowed: true, minPartners: 3, maxPartners: 2, partners: ['企业科协', '企业科协'] }))).toEqual(
      [`${path}.minPartners MINIMUM_ABOVE_MAXIMUM`, `${path}.partners[1] DUPLICATE`],
    );
  });
});

describe('a field', () => {
  const choice = {
    key: 'kind',
    label: '类型',
    type: 'choice',
    options: ['论坛', '年会'].map((value) => ({ value, label: value })),
  };
  const site = { key: 'site', label: '会场', type: 'boolean', visibleWhen: { field: 'kind', in: ['年会'] } };
  const area = { key: 'area', label: '面积', type: 'integer', visibleWhen: { field: 'site', in: [true] } };
  const form = { ...writtenForm, sections: [{ title: '一', fields: [choice, site, area] }] };
  const fixed = (...kinds: readonly string[]) =>
    warningsOf({
      forms: { apply: form },
      categories: kinds.map((kind, index) => leaf(`${index}`, kind === '' ? {} : { fixed: { kind } })),
    });

  it('that no category can show is told, with all that hang on it', () => {
    expect(fixed('论坛')).toEqual([
      'forms.apply.sections[0].fields[1].visibleWhen UNREACHABLE',
      'forms.apply.sections[0].fields[2].visibleWhen UNREACHABLE',
    ]);
  });

  it('that one category can show is not', () => {
    expect(fixed('论坛', '年会')).toEqual([]);
    expect(fixed('论坛', '')).toEqual([]);
    expect(fixed('')).toEqual([]);
  });
});

describe('envelopes below a group', () => {
  const within = (total: string, ...below: readonly string[]) =>
    warningsOf({
      categories: [
        {
          code: 'g',
          title: '大类',
          envelope: { total, unit: '万元' },
          categories: below.map((each, index) => leaf(`${index}`, { envelope: { total: each, unit: '万元' } })),
        },
      ],
    });

  it('that add up to more than its own are told', () => {
    expect(within('100', '60', '40')).toEqual([]);
    expect(within('100', '60', '40.000001')).toEqual(['categories[0].envelope.total ENVELOPES_ABOVE_GROUP']);
  });
});

describe('a material', () => {
  it('that gives priority is never required', () => {
    const faults = (more: Json) => faultsOf({ categories: [leaf('1', { materials: [material('proof', more)] })] });
    expect(faults({ priority: true })).toEqual([]);
    expect(faults({ priority: true, required: true })).toEqual(['categories[0].materials[0].required PRIORITY_GATES']);
  });
});
