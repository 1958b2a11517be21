import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { checkDefinition } from '#shared/domain/call/check-definition.ts';
import { Annex, CallDefinition, Category, CategoryNode, Material } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import { checkExpression } from '#shared/domain/expression/check-expression.ts';
import { ruleEnvironment } from '#shared/domain/expression/environment.ts';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import { Field, Statement } from '#shared/domain/form/definition.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { formOf, options } from '#test/unit/domain/form/forms.ts';
import { CALLS_FOLDER } from './read-call.ts';

const readme = readFileSync(new URL('README.md', CALLS_FOLDER), 'utf8');
const blocks = [...readme.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, block = '']) => block);

/** What each example of the guide is a part of, by how it begins. */
const parts: readonly (readonly [string, z.ZodType])[] = [
  ['title:', CallDefinition],
  ['retention:', z.strictObject({ retention: CallDefinition.shape.retention })],
  ['reminders:', z.strictObject({ reminders: CallDefinition.shape.reminders })],
  ['paper:', z.strictObject({ paper: CallDefinition.shape.paper })],
  ['joint:', z.strictObject({ joint: CallDefinition.shape.joint })],
  [
    'conditions:',
    z.strictObject({ conditions: CallDefinition.shape.conditions, history: CallDefinition.shape.history }),
  ],
  ['contacts:', z.strictObject({ contacts: CallDefinition.shape.contacts })],
  ['obligations:', z.strictObject({ obligations: CallDefinition.shape.obligations })],
  ['quota:', z.strictObject({ quota: Category.shape.quota })],
  ['goals:', z.strictObject({ goals: Category.shape.goals })],
  ['indicators:', z.strictObject({ indicators: Category.shape.indicators })],
  ['deliverables:', z.strictObject({ deliverables: Category.shape.deliverables })],
  ['- code: "2"', z.array(CategoryNode)],
  ['materials:', z.strictObject({ materials: z.array(Material) })],
  ['- key: meetingProject', z.array(Field)],
  ['- key: participants', z.array(Field)],
  ['statements:', z.strictObject({ statements: z.array(Statement) })],
  ['annexes:', z.strictObject({ annexes: z.array(Annex) })],
];

describe('the guide to writing a call', () => {
  it.each(parts)('has an example that begins with "%s" and is right', (beginning, schema) => {
    const examples = blocks.filter((block) => block.startsWith(beginning));
    expect(examples).toHaveLength(1);
    expect(schema.safeParse(parseYaml(examples[0] ?? '')).error).toBeUndefined();
  });

  it('begins with a whole call that can be saved as it stands', () => {
    expect(checkDefinition(parseYaml(blocks[0] ?? '')).faults).toEqual([]);
  });

  it('has conditions that hold where their material is asked for', () => {
    const written = parseYaml(blocks.find((block) => block.startsWith('conditions:')) ?? '');
    const materials = [{ key: 'agreement', title: '合作协议', accept: ['pdf'] }];
    const categories = [{ code: '1', title: '类别', ...writtenLeaf, materials }];
    const call = writtenCall({ ...z.object({ conditions: z.array(z.unknown()) }).parse(written), categories });
    expect(checkDefinition(call).faults).toEqual([]);
  });

  it('has only rules that can be read, with the fields they speak of', () => {
    const [, section = ''] = /### 规则怎么写.*?\n(.*?)\n### /s.exec(readme) ?? [];
    const rules = [...section.matchAll(/`((?:answers|unit|sum|size|has|daysBetween|yearsBetween|")[^`]*[)\]"0-9])`/g)];
    expect(rules.length).toBeGreaterThanOrEqual(12);
    const text = (key: string) => ({ key, label: key, type: 'text', maxLength: 20 });
    const columns = [
      ...['name', 'title'].map(text),
      { key: 'days', label: '天数', type: 'integer' },
      { key: 'cost', label: '费用', type: 'money', unit: '元' },
    ];
    const form = formOf([
      ...['startsOn', 'endsOn', 'born'].map((key) => ({ key, label: key, type: 'date' })),
      ...['name', 'kind', 'fax'].map(text),
      { key: 'requested', label: '申请', type: 'money', unit: '万元' },
      { key: 'topics', label: '方向', type: 'choices', options: options('甲', '乙') },
      { key: 'members', label: '成员', type: 'table', maxRows: 50, columns },
    ]);
    const environment = ruleEnvironment(categoryScope(form, { materials: [] }, []));
    for (const [, rule = ''] of rules) {
      // Parts of rules are shown as well: a sum or a name says neither yes nor no.
      const wrong = checkExpression(rule, environment).faults.filter(({ params }) => params.reason !== 'NOT_BOOL');
      expect([rule, wrong]).toEqual([rule, []]);
    }
  });

  it('has no example that is not tried', () => {
    expect(blocks).toHaveLength(parts.length);
  });

  it('names every key of a call and of a category', () => {
    const keys = [...Object.keys(CallDefinition.shape), ...Object.keys(Category.shape)];
    for (const key of keys) expect(readme).toContain(`\`${key}\``);
  });
});
