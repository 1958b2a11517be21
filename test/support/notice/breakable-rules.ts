import { isGroup, type WholePlace } from '#shared/domain/call/category-tree.ts';
import type { CallDefinition, Category, CategoryNode, Material } from '#shared/domain/call/definition.ts';
import { MOST_PARTNERS } from '#shared/domain/call/joint.ts';
import { sizeInBytes } from '#shared/domain/call/material.ts';
import { applyingConditions } from '#shared/domain/eligibility/applying-conditions.ts';
import { jointOf } from '#shared/domain/eligibility/judge-partners.ts';
import { at } from '#shared/domain/fault.ts';
import type { Field, FormDefinition, FormRule } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import type { Breach, RecordChange, Refused } from './trial.ts';

/** A rule of a category that somebody can break. */
export interface BreakableRule {
  readonly rule: string;
  readonly refused: Omit<Refused, 'clause'>;
  /** How, where that follows from the rule itself. */
  readonly breach?: Breach;
}

const SANCTIONED: RecordChange = { sanctions: [{ reason: '项目转包', from: '2000-01-01', until: '2099-12-31' }] };
const OVERDUE: RecordChange = { overdue: [{ what: '上一年度项目总结报告', since: '2000-01-01' }] };
const OF_ANOTHER_KIND: RecordChange = { kinds: ['与通知无关的单位'] };

const ofRecord = ({ history }: CallDefinition): BreakableRule[] => [
  { rule: 'applicants', breach: { record: OF_ANOTHER_KIND }, refused: { path: 'unitId', code: 'APPLICANT_KIND' } },
  { rule: 'sanction', breach: { record: SANCTIONED }, refused: { path: 'unitId', code: 'SANCTIONED' } },
  ...(history?.overdue === undefined
    ? []
    : [{ rule: 'overdue', breach: { record: OVERDUE }, refused: { path: 'unitId', code: 'OVERDUE' } } as const]),
];

const ofJoint = (call: CallDefinition, category: Category): BreakableRule[] => {
  const joint = jointOf(call, category);
  if (joint?.allowed !== true) {
    return [{ rule: 'no partners', breach: { partners: 1 }, refused: { path: 'partners', code: 'JOINT_NOT_ALLOWED' } }];
  }
  const { minPartners, maxPartners, partners } = joint;
  const named = Math.max(1, minPartners);
  return [
    // Where the notice sets no number, only the bound of any request is left.
    ...(maxPartners === MOST_PARTNERS
      ? []
      : [
          {
            rule: 'partners at most',
            breach: { partners: maxPartners + 1 },
            refused: { path: 'partners', code: 'TOO_MANY' },
          } as const,
        ]),
    ...(minPartners === 0
      ? []
      : [
          {
            rule: 'partners at least',
            breach: { partners: minPartners - 1 },
            refused: { path: 'partners', code: 'TOO_FEW' },
          } as const,
        ]),
    ...(partners === undefined
      ? []
      : [
          {
            rule: 'kinds of partners',
            breach: { partners: named, record: OF_ANOTHER_KIND },
            refused: { path: 'partners[0]', code: 'APPLICANT_KIND' },
          } as const,
        ]),
    {
      rule: 'consent of partners',
      breach: { partners: named, consent: false },
      refused: { path: 'partners[0]', code: 'CONSENT_MISSING' },
    },
    {
      rule: 'sanction of a partner',
      breach: { partners: named, record: SANCTIONED },
      refused: { path: 'partners[0]', code: 'SANCTIONED' },
    },
    ...(call.history?.overdue === undefined
      ? []
      : [
          {
            rule: 'overdue of a partner',
            breach: { partners: named, record: OVERDUE },
            refused: { path: 'partners[0]', code: 'OVERDUE' },
          } as const,
        ]),
  ];
};

/** Gates that something decides; what is only shown cannot be broken, and a priority never refuses. */
const ofConditions = (call: CallDefinition, place: WholePlace): BreakableRule[] =>
  applyingConditions(call, place).flatMap(({ condition, path }): BreakableRule[] => {
    const { effect, rule, declare, material } = condition;
    if (effect !== 'gate') return [];
    if (rule !== undefined) return [{ rule: path, refused: { path, code: 'CONDITION_NOT_MET' } }];
    if (declare !== undefined) {
      const refused = { path: declare, code: 'DECLARATION_NEEDED' } as const;
      return [{ rule: path, breach: { answers: { [declare]: false } }, refused }];
    }
    // That a required file is missing is the material's own rule.
    if (material === undefined || place.category.materials.some(({ key, required }) => key === material && required))
      return [];
    const refused = { path: at('materials', material), code: 'CONDITION_NOT_MET' } as const;
    return [{ rule: path, breach: { without: material }, refused }];
  });

const ofMaterial = ({ key, required, maxCount, maxSize }: Material): BreakableRule[] => [
  ...(required
    ? [
        {
          rule: `material ${key}: needed`,
          breach: { without: key },
          refused: { path: at('materials', key), code: 'MATERIAL_MISSING' },
        } as const,
      ]
    : []),
  {
    rule: `material ${key}: count`,
    breach: { announce: key, after: maxCount },
    refused: { path: 'material', code: 'MATERIAL_TOO_MANY' },
  },
  {
    rule: `material ${key}: type`,
    breach: { announce: key, filename: '申报材料.txt' },
    refused: { path: 'filename', code: 'FILE_TYPE_NOT_ACCEPTED' },
  },
  {
    rule: `material ${key}: size`,
    breach: { announce: key, size: sizeInBytes(maxSize) + 1 },
    refused: { path: 'size', code: 'FILE_TOO_LARGE' },
  },
];

const refusedBy = (rule: FormRule): Omit<Refused, 'clause'> => {
  switch (rule.kind) {
    case 'sum':
      return { path: rule.total, code: 'SUM_MISMATCH' };
    case 'columnSum':
      return { path: rule.table, code: 'COLUMN_SUM_MISMATCH' };
    case 'order':
      return { path: rule.fields.at(-1) ?? '', code: 'OUT_OF_ORDER' };
    case 'withinAmount':
      return { path: rule.field, code: 'ABOVE_AMOUNT' };
    case 'check':
      return { path: rule.fields[0] ?? '', code: 'RULE_NOT_MET' };
  }
};

const nameOf = (rule: FormRule): string => {
  switch (rule.kind) {
    case 'sum':
      return `sum ${rule.total}`;
    case 'columnSum':
      return `sum ${rule.table}.${rule.column}`;
    case 'order':
      return `order ${rule.fields.join(' ')}`;
    case 'withinAmount':
      return `amount ${rule.field}`;
    case 'check':
      return `check ${rule.message}`;
  }
};

const firstRowOf = (field: Field): BreakableRule[] =>
  field.type !== 'table'
    ? []
    : [...Object.keys(field.firstRow?.sameAs ?? {}), ...Object.keys(field.firstRow?.fixed ?? {})].map((column) => ({
        rule: `first row ${field.key}.${column}`,
        refused: { path: at(field.key, 0, column), code: 'FIRST_ROW' },
      }));

const anotherThan = (value: string, field: Field | undefined): string =>
  (field?.type === 'choice' ? field.options.find((option) => option.value !== value)?.value : undefined) ?? '另一样';

/** What a form asks between its fields; what it asks of one is generated (`fieldBreaches`). `shown`: keys of the fields that can be visible here. */
const ofForm = (form: FormDefinition, category: Category, shown: ReadonlySet<string>): BreakableRule[] => [
  ...fieldsOf(form)
    .all.filter(({ key }) => shown.has(key))
    .flatMap(firstRowOf),
  ...form.rules
    .filter((rule) => rule.kind !== 'withinAmount' || amountCeilingFen(category.amount) !== undefined)
    .map((rule) => ({ rule: nameOf(rule), refused: refusedBy(rule) }))
    .filter(({ refused }) => shown.has(refused.path)),
  ...Object.entries(category.fixed ?? {}).map(([key, value]) => ({
    rule: `fixed ${key}`,
    breach: { answers: { [key]: anotherThan(value, fieldsOf(form).byKey.get(key)) } },
    refused: { path: key, code: 'FIXED_VALUE' } as const,
  })),
];

/** Every rule of a category that can be broken, but for the limits and the bounds of single fields. */
export const breakableRules = (
  call: CallDefinition,
  place: WholePlace,
  shown: ReadonlySet<string>,
): BreakableRule[] => {
  const { category } = place;
  const form = call.forms[category.form];
  return [
    ...ofRecord(call),
    ...ofJoint(call, category),
    ...ofConditions(call, place),
    ...(form === undefined ? [] : ofForm(form, category, shown)),
    ...category.materials.flatMap(ofMaterial),
  ];
};

const nodesOf = (nodes: readonly CategoryNode[]): CategoryNode[] =>
  nodes.flatMap((node) => [node, ...(isGroup(node) ? nodesOf(node.categories) : [])]);

/** Where a call limits what one unit may submit: codes of nodes, undefined for the call itself. */
export const limitedNodes = (call: CallDefinition): (string | undefined)[] => [
  ...(call.limitPerUnit === undefined ? [] : [undefined]),
  ...nodesOf(call.categories).flatMap(({ code, limitPerUnit }) => (limitPerUnit === undefined ? [] : [code])),
];
