import * as z from 'zod';
import { categoryScope } from '#shared/domain/expression/scope.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { hiddenDeclarations, optionalAnswers } from './check-asked.ts';
import { Condition } from './condition.ts';
import { declaredKeys } from './conditions.ts';
import type { Category } from './definition.ts';
import type { Findings } from './findings.ts';
import type { Meter } from './meter.ts';
import type { RuleChecker } from './rule-checker.ts';

/** A condition that is well formed, and where it is written. */
export interface PlacedCondition {
  readonly path: string;
  readonly condition: Condition;
}

/** The conditions of a call, group or category that are well formed, however wrong the others are. `path`: of what they belong to. */
export const placedConditions = (written: unknown, path: string): PlacedCondition[] =>
  (z.array(z.unknown()).safeParse(written).data ?? []).flatMap((each, index) => {
    const { data } = Condition.safeParse(each);
    return data === undefined ? [] : [{ path: at(path, 'conditions', index), condition: data }];
  });

/** What a condition says of itself: decided in one way at most, and nothing said that nobody will read. */
export const checkCondition = ({ path, condition }: PlacedCondition): Findings => {
  const { rule, declare, material, message, effect } = condition;
  const ways = [rule, declare, material].filter((way) => way !== undefined).length;
  const unread = message !== undefined && (ways === 0 || effect === 'priority');
  return {
    faults: ways > 1 ? [{ path, code: 'CONDITION_AMBIGUOUS' }] : [],
    warnings: unread ? [{ path: at(path, 'message'), code: 'UNREACHABLE' }] : [],
  };
};

/** A category with all conditions that hold for it: the call's, its groups', its own. */
export interface Conditioned {
  readonly path: string;
  readonly category: Category;
  readonly form: FormDefinition;
  readonly conditions: readonly PlacedCondition[];
}

const materialFaults = ({ category, conditions }: Conditioned): Fault[] =>
  conditions.flatMap(({ path, condition: { material: key, effect } }): Fault[] => {
    if (key === undefined) return [];
    const material = category.materials.find((each) => each.key === key);
    if (material === undefined) return [{ path: at(path, 'material'), code: 'UNKNOWN_MATERIAL' }];
    return effect === 'gate' && material.priority
      ? [{ path: at(path, 'material'), code: 'PRIORITY_GATES', params: { material: material.title } }]
      : [];
  });

/** One declaration is one answer: a key stands for one text, and for a yes/no field where the form has it too. */
const declarationFaults = ({ form, conditions }: Conditioned): Fault[] => {
  const texts = new Map<string, string>();
  return conditions.flatMap(({ path, condition: { declare: key, text } }): Fault[] => {
    if (key === undefined) return [];
    const where = at(path, 'declare');
    const before = texts.get(key);
    texts.set(key, before ?? text);
    const field = fieldsOf(form).byKey.get(key);
    return [
      ...(before === undefined || before === text ? [] : [{ path: where, code: 'DUPLICATE' as const }]),
      ...(field === undefined || field.type === 'boolean'
        ? []
        : [{ path: where, code: 'WRONG_FIELD_TYPE' as const, params: { field: key } }]),
    ];
  });
};

/**
 * The most declarations a category may ask for. With their texts they take what `getForm` has left above the size its forms are held to; see
 * `check-size.ts`.
 */
const MOST_DECLARATIONS = 100;

const tooManyDeclarations = ({ path, conditions }: Conditioned): Fault[] =>
  declaredKeys(conditions.map(({ condition }) => condition)).length > MOST_DECLARATIONS
    ? [{ path, code: 'TOO_MANY', params: { limit: MOST_DECLARATIONS } }]
    : [];

/** The most steps all rules of a category may take at worst, its form's among them: some tens of milliseconds of a submit. */
const MOST_STEPS = 200_000;

/** Whether the rules of a category hold in its own scope, and what a gate may stay undecided for. `formSteps`: what its form's own rules take. */
const checkRules = (conditioned: Conditioned, formSteps: number, checker: RuleChecker, meter: Meter): Findings => {
  const { path, category, form, conditions } = conditioned;
  const all = conditions.map(({ condition }) => condition);
  const materials = category.materials.map(({ key }) => key).toSorted();
  const of = JSON.stringify([category.form, materials, declaredKeys(all).toSorted()]);
  const faults: Fault[] = [];
  const warnings: Fault[] = [];
  let steps = formSteps;
  for (const { path: where, condition } of conditions) {
    if (condition.rule === undefined) continue;
    const checked = checker.check(condition.rule, of, () => categoryScope(form, category, all));
    faults.push(...checked.faults.map((fault) => ({ path: at(where, 'rule'), ...fault })));
    if (checked.faults.length > 0) continue;
    steps += checked.steps;
    if (condition.effect === 'gate')
      warnings.push(...optionalAnswers(checked.answers, at(where, 'rule'), { category, form, all }, meter));
  }
  if (steps > MOST_STEPS)
    faults.push({ path, code: 'EXPRESSION_TOO_COSTLY', params: { count: steps, limit: MOST_STEPS } });
  return { faults, warnings };
};

/** Findings by where they are written, so that each is kept once, in however many categories it is found. */
const keepOnce = (kept: Map<string, Fault>, findings: readonly Fault[]): void => {
  for (const finding of findings) {
    const { path, code, params } = finding;
    const same = `${path} ${code} ${params?.name ?? params?.label ?? ''}`;
    if (!kept.has(same)) kept.set(same, finding);
  }
};

/**
 * What conditions say of the category they hold for: materials and fields there are, rules that hold for its form, gates that all answers decide. A
 * condition of the call or the group is checked for every category below and told once, where it is written.
 */
export const checkConditions = (
  categories: readonly Conditioned[],
  formSteps: ReadonlyMap<string, number>,
  checker: RuleChecker,
  meter: Meter,
): Findings => {
  const faults = new Map<string, Fault>();
  const warnings = new Map<string, Fault>();
  for (const conditioned of categories) {
    const rules = checkRules(conditioned, formSteps.get(conditioned.category.form) ?? 0, checker, meter);
    const hidden = conditioned.conditions.flatMap(({ condition, path }) =>
      hiddenDeclarations(condition, path, conditioned, meter),
    );
    keepOnce(faults, [
      ...tooManyDeclarations(conditioned),
      ...materialFaults(conditioned),
      ...declarationFaults(conditioned),
      ...rules.faults,
    ]);
    keepOnce(warnings, [...hidden, ...rules.warnings]);
  }
  return { faults: [...faults.values()], warnings: [...warnings.values()] };
};
