import { at, type Fault } from '#shared/domain/fault.ts';
import { checkCategory } from './check-category.ts';
import {
  type Conditioned,
  checkCondition,
  checkConditions,
  type PlacedCondition,
  placedConditions,
} from './check-conditions.ts';
import type { CheckedForms } from './check-forms.ts';
import { checkGroup } from './check-group.ts';
import { unreachableFields } from './check-reach.ts';
import { Category, CategoryGroup } from './definition.ts';
import { duplicates } from './duplicates.ts';
import { type Findings, together } from './findings.ts';
import type { Meter } from './meter.ts';
import { lastDayOf } from './period.ts';
import type { RuleChecker } from './rule-checker.ts';
import type { WrittenNode } from './written-categories.ts';

/** A category that is well formed, and where it is written. */
interface PlacedCategory {
  readonly path: string;
  readonly category: Category;
}

/** Paths of a node and of the groups above it, from the top. */
const pathsDownTo = (path: string): string[] => [
  ...[...path.matchAll(/\.categories\[/g)].map(({ index }) => path.slice(0, index)),
  path,
];

/** Well-formed categories on well-formed forms, each with the conditions of the call, of its groups and its own. */
const conditionedBy = (
  categories: readonly PlacedCategory[],
  ofCall: readonly PlacedCondition[],
  ofNodes: ReadonlyMap<string, readonly PlacedCondition[]>,
  forms: CheckedForms['wellFormed'],
): Conditioned[] =>
  categories.flatMap(({ path, category }): Conditioned[] => {
    const form = forms.get(category.form);
    const below = pathsDownTo(path).flatMap((each) => ofNodes.get(each) ?? []);
    return form === undefined ? [] : [{ path, category, form, conditions: [...ofCall, ...below] }];
  });

/** Fields that no category on their form can bring into view. */
const hiddenFields = (
  categories: readonly PlacedCategory[],
  forms: CheckedForms['wellFormed'],
  meter: Meter,
): Fault[] =>
  [...forms].flatMap(([key, form]) => {
    const fixed = categories.flatMap(({ category }) => (category.form === key ? [category.fixed] : []));
    return unreachableFields(form, at('forms', key), fixed, meter);
  });

const checkNodes = (
  nodes: readonly WrittenNode[],
  categories: readonly PlacedCategory[],
  formKeys: ReadonlySet<string>,
  forms: CheckedForms['wellFormed'],
): Findings => {
  const groups = nodes.flatMap(({ path, written, isGroup }): Findings[] => {
    const group = isGroup ? CategoryGroup.safeParse(written) : undefined;
    return group?.success ? [checkGroup(group.data, path)] : [];
  });
  return together([
    ...categories.map(({ path, category }) => checkCategory(category, path, formKeys, forms.get(category.form))),
    ...groups,
  ]);
};

/** What a definition says around its categories. */
interface Surroundings {
  /** The call's own conditions. */
  readonly ofCall: readonly PlacedCondition[];
  readonly writtenForms: Readonly<Record<string, unknown>>;
  readonly forms: CheckedForms;
  readonly checker: RuleChecker;
  readonly meter: Meter;
}

/** Checks every node of the tree that is well formed, with all that holds for it. `lastDays`: of the periods, as far as known. */
export const checkCategories = (
  nodes: readonly WrittenNode[],
  { ofCall, writtenForms, forms: { wellFormed: forms, steps }, checker, meter }: Surroundings,
): Findings & { readonly lastDays: readonly string[] } => {
  const formKeys = new Set(Object.keys(writtenForms));
  const leaves = nodes.filter(({ isGroup }) => !isGroup);
  const categories = leaves.flatMap(({ path, written }): PlacedCategory[] => {
    const category = Category.safeParse(written);
    return category.success ? [{ path, category: category.data }] : [];
  });
  const found = checkNodes(nodes, categories, formKeys, forms);
  const ofNodes = new Map(nodes.map(({ path, written }) => [path, placedConditions(written.conditions, path)]));
  const own = together([...ofCall, ...[...ofNodes.values()].flat()].map(checkCondition));
  const codes = nodes.map(({ path, written }) => ({ path: at(path, 'code'), key: written.code }));
  const used = new Set(leaves.map(({ written }) => written.form));
  const unused = [...formKeys].filter((key) => !used.has(key));
  const conditioned = checkConditions(conditionedBy(categories, ofCall, ofNodes, forms), steps, checker, meter);
  return {
    lastDays: categories.flatMap(({ category }) => lastDayOf(category.period) ?? []),
    faults: [...duplicates(codes), ...found.faults, ...own.faults, ...conditioned.faults],
    warnings: [
      ...found.warnings,
      ...own.warnings,
      ...conditioned.warnings,
      // A category that cannot be read may be the one that shows a field.
      ...(categories.length === leaves.length ? hiddenFields(categories, forms, meter) : []),
      ...unused.map((key): Fault => ({ path: at('forms', key), code: 'UNREACHABLE' })),
    ],
  };
};
