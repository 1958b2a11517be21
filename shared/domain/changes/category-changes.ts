import type { Amount } from '#shared/domain/call/amount.ts';
import { isGroup } from '#shared/domain/call/category-tree.ts';
import type { Condition } from '#shared/domain/call/condition.ts';
import type { Category, CategoryNode, Material } from '#shared/domain/call/definition.ts';
import { deliverableText } from '#shared/domain/call/deliverable.ts';
import type { Indicator } from '#shared/domain/call/indicator.ts';
import type { Joint } from '#shared/domain/call/joint.ts';
import { sizeInBytes } from '#shared/domain/call/material.ts';
import type { Obligation } from '#shared/domain/call/obligation.ts';
import type { Quota } from '#shared/domain/call/quota.ts';
import { at } from '#shared/domain/fault.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import type { WholeCategory } from '#shared/domain/submission/category-rules.ts';
import type { Change, Shown } from './change.ts';
import { compareLists, compareTraits, type Traits, told, untold } from './compare.ts';

/** The rules of one version that changes are looked for in. */
export type ComparedRules = Pick<WholeCategory, 'call' | 'place' | 'form'>;

const awarded = (amount: Amount | undefined): Shown | undefined => {
  switch (amount?.kind) {
    case 'fixed':
      return `${amount.value}${amount.unit}`;
    case 'cap':
      return { most: amount.max, unit: amount.unit };
    case 'range':
      return { least: amount.min, most: amount.max, unit: amount.unit };
    case 'undetermined':
      return amount.note ?? { word: 'undetermined' };
    case undefined:
      return undefined;
  }
};

const counted = (quota: Quota | undefined): Shown | undefined => {
  switch (quota?.kind) {
    case 'exact':
      return quota.count;
    case 'cap':
      return { most: quota.max };
    case 'range':
      return { least: quota.min, most: quota.max };
    case 'soft':
      return { most: quota.max, soft: true };
    case undefined:
      return undefined;
  }
};

/** What every node says, whether it groups or can be applied to. */
const nodeTraits = (node: CategoryNode | undefined): Traits => ({
  name: told(node?.title),
  content: untold(node?.content),
  limitPerUnit: told(node?.limitPerUnit),
  quota: told(counted(node?.quota)),
  quotaParts: untold(node?.quota?.parts),
  envelope: told(node?.envelope === undefined ? undefined : `${node.envelope.total}${node.envelope.unit}`),
});

const categoryTraits = (category: Category): Traits => ({
  ...nodeTraits(category),
  applicants: told({ list: category.applicants }, category.applicants.toSorted()),
  amount: told(awarded(category.amount), category.amount && { ...category.amount, payment: undefined }),
  payment: told(category.amount?.payment === undefined ? undefined : { word: category.amount.payment }),
  periodText: told(category.period.text),
  from: told(category.period.from),
  until: told(category.period.until),
  agreement: told(category.period.agreement),
});

const jointTraits = (joint: Joint | undefined): Traits => ({
  jointAllowed: told(joint?.allowed),
  jointText: told(joint?.text),
  ...(joint?.allowed === true
    ? {
        leadNamed: told(joint.leadNamed),
        minPartners: told(joint.minPartners),
        maxPartners: told(joint.maxPartners),
        partners: told(joint.partners && { list: joint.partners }, joint.partners?.toSorted()),
        partnersCount: told(joint.partnersCount),
      }
    : {}),
});

const compareConditions = (before: readonly Condition[], after: readonly Condition[], path: string): Change[] =>
  compareLists(before, after, {
    thing: 'condition',
    idOf: ({ text }) => text,
    nameOf: ({ text }) => text,
    pathOf: (_, place) => at(path, place),
    traitsOf: ({ effect, rule, declare, material, message }) => ({
      effect: told({ word: effect }),
      decides: untold([rule, declare, material]),
      message: told(message),
    }),
  });

const dueOf = ({ due }: Obligation): Shown | undefined => {
  if (due === undefined) return undefined;
  return due.kind === 'date' ? due.on : { count: due.count, time: due.unit, event: due.after };
};

const compareObligations = (before: readonly Obligation[], after: readonly Obligation[], path: string): Change[] =>
  compareLists(before, after, {
    thing: 'obligation',
    idOf: ({ text }) => text,
    nameOf: ({ text }) => text,
    pathOf: (_, place) => at(path, place),
    traitsOf: (obligation) => ({ due: told(dueOf(obligation)), report: told(obligation.report) }),
  });

const compareMaterials = (before: readonly Material[], after: readonly Material[]): Change[] =>
  compareLists(before, after, {
    thing: 'material',
    idOf: ({ key }) => key,
    nameOf: ({ title }) => title,
    pathOf: ({ key }) => at('materials', key),
    traitsOf: (material) => ({
      name: told(material.title),
      required: told(material.required),
      accept: told({ list: material.accept }, material.accept.toSorted()),
      maxSize: told({ bytes: sizeInBytes(material.maxSize) }),
      maxCount: told(material.maxCount),
      hint: told(material.hint),
      priority: told(material.priority),
    }),
    isRequired: ({ required }) => required,
  });

const figuresOf = (indicator: Indicator) =>
  indicator.kind === 'bound'
    ? told({ least: indicator.min, most: indicator.max, unit: indicator.unit })
    : untold([indicator.kind, indicator.of, indicator.kind === 'byApplicant' ? indicator.unit : undefined]);

const compareIndicators = (before: Category, after: Category): Change[] =>
  compareLists(before.indicators, after.indicators, {
    thing: 'indicator',
    idOf: ({ title }) => title,
    nameOf: ({ title }) => title,
    pathOf: (_, place) => at('indicators', place),
    traitsOf: (indicator) => ({
      figures: figuresOf(indicator),
      soft: told(indicator.soft),
      goal: told(indicator.goal),
    }),
  });

const compareGoals = ({ goals: before }: Category, { goals: after }: Category): Change[] => [
  ...compareTraits(
    { choose: told(before && { word: before.choose }), askedBy: untold(before?.field) },
    { choose: told(after && { word: after.choose }), askedBy: untold(after?.field) },
    { thing: 'category' },
    'goals',
  ),
  ...compareLists(before?.options ?? [], after?.options ?? [], {
    thing: 'goal',
    idOf: ({ value }) => value,
    nameOf: ({ text }) => text,
    pathOf: (_, place) => at('goals.options', place),
    traitsOf: ({ text }) => ({ name: told(text) }),
  }),
];

const compareDeliverables = (before: Category, after: Category): Change[] =>
  compareLists(before.deliverables, after.deliverables, {
    thing: 'deliverable',
    idOf: deliverableText,
    nameOf: deliverableText,
    pathOf: (_, place) => at('deliverables', place),
    traitsOf: (deliverable) => {
      const evidence = typeof deliverable === 'string' ? undefined : deliverable.evidence;
      return { evidence: told(evidence?.needed), without: told(evidence?.without) };
    },
  });

const compareFixed = (before: ComparedRules, after: ComparedRules): Change[] => {
  const [old, next] = [before, after].map(({ place }) => Object.entries(place.category.fixed ?? {}));
  return compareLists(old ?? [], next ?? [], {
    thing: 'fixed',
    idOf: ([key]) => key,
    nameOf: ([key]) => fieldsOf(after.form).byKey.get(key)?.label ?? fieldsOf(before.form).byKey.get(key)?.label ?? key,
    pathOf: ([key]) => at('fixed', key),
    traitsOf: ([, value]) => ({ value: told(value) }),
  });
};

/** The groups above a category. One that is above it in one version alone brings or takes all that it says. */
const compareGroups = (before: ComparedRules, after: ComparedRules): Change[] => {
  const [olds, nexts] = [before, after].map(({ place }) => place.path.filter(isGroup));
  const codes = new Set([...(nexts ?? []), ...(olds ?? [])].map(({ code }) => code));
  return [...codes].flatMap((code) => {
    const [old, next] = [olds, nexts].map((groups) => groups?.find((group) => group.code === code));
    const path = at('groups', code);
    return [
      ...compareTraits(nodeTraits(old), nodeTraits(next), { thing: 'group', name: (next ?? old)?.title }, path),
      ...compareConditions(old?.conditions ?? [], next?.conditions ?? [], at(path, 'conditions')),
      ...compareObligations(old?.obligations ?? [], next?.obligations ?? [], at(path, 'obligations')),
    ];
  });
};

const callTraits = ({ call }: ComparedRules): Traits => ({
  limitPerUnit: told(call.limitPerUnit),
  fiscalYear: told(call.fiscalYear),
  sanctioned: told(call.history?.sanctioned?.text),
  overdue: told(call.history?.overdue && (call.history.overdue.text ?? { word: 'bars' })),
});

/** What the category, the groups above it and the call say differently: of the category first. */
export const categoryChanges = (before: ComparedRules, after: ComparedRules): Change[] => {
  const [old, next] = [before.place.category, after.place.category];
  return [
    ...compareTraits(categoryTraits(old), categoryTraits(next), { thing: 'category' }, ''),
    ...compareTraits(
      jointTraits(old.joint ?? before.call.joint),
      jointTraits(next.joint ?? after.call.joint),
      { thing: 'category' },
      'joint',
    ),
    ...compareGoals(old, next),
    ...compareIndicators(old, next),
    ...compareConditions(old.conditions, next.conditions, 'conditions'),
    ...compareDeliverables(old, next),
    ...compareMaterials(old.materials, next.materials),
    ...compareObligations(old.obligations, next.obligations, 'obligations'),
    ...compareFixed(before, after),
    ...compareGroups(before, after),
    ...compareTraits(callTraits(before), callTraits(after), { thing: 'call' }, 'call'),
    ...compareConditions(before.call.conditions, after.call.conditions, 'call.conditions'),
  ];
};
