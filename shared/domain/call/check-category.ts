import { at, type Fault } from '#shared/domain/fault.ts';
import type { Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { PlacedFaults } from '#shared/domain/form/placed-faults.ts';
import { scalarComplete } from '#shared/domain/form/scalar-complete.ts';
import { scalarShape } from '#shared/domain/form/scalar-shape.ts';
import { amountFaults, envelopeFaults } from './amount.ts';
import { optionalGoals } from './check-asked.ts';
import { checkEnvelope } from './check-envelope.ts';
import { jointFaults } from './check-joint.ts';
import type { Category, Material } from './definition.ts';
import { duplicates } from './duplicates.ts';
import type { Findings } from './findings.ts';
import { goalsFaults, goalValues } from './goals.ts';
import { indicatorFaults } from './indicator.ts';
import { sizeInBytes } from './material.ts';
import { earlyReports } from './obligation.ts';
import { lastDayOf, periodFaults } from './period.ts';
import { quotaFaults } from './quota.ts';

/** The most one upload may have, in bytes; see `AttachmentDeclaration`. */
const MAX_FILE_BYTES = 500_000_000;

const materialFaults = (materials: readonly Material[], path: string): Fault[] => [
  ...duplicates(materials.map(({ key }, index) => ({ path: at(path, index, 'key'), key }))),
  ...materials.flatMap(({ title, maxSize, required, priority }, index): Fault[] => [
    ...(sizeInBytes(maxSize) > MAX_FILE_BYTES
      ? [{ path: at(path, index, 'maxSize'), code: 'TOO_LARGE' as const, params: { limit: MAX_FILE_BYTES } }]
      : []),
    ...(required && priority
      ? [{ path: at(path, index, 'required'), code: 'PRIORITY_GATES' as const, params: { material: title } }]
      : []),
  ]),
];

/** A category can decide what is chosen or written in a text, nothing else: such as a submit takes, for no applicant can mend it. */
const fixedFaults = (key: string, value: string, field: Field | undefined, path: string): Fault[] => {
  if (field === undefined) return [{ path, code: 'UNKNOWN_FIELD', params: { field: key } }];
  if (field.type !== 'choice' && field.type !== 'text')
    return [{ path, code: 'WRONG_FIELD_TYPE', params: { field: key } }];
  const faults = new PlacedFaults();
  faults.turnTo({ path: () => path, label: field.label });
  scalarShape(field)(value, faults);
  if (faults.found.length === 0) scalarComplete({ ...field, required: true })(value, faults);
  return faults.found;
};

/**
 * What is wrong with a category that is well formed in itself. `formKeys` are all that were written; `form` is the one it names, where that one is well
 * formed too.
 */
export const checkCategory = (
  category: Category,
  path: string,
  formKeys: ReadonlySet<string>,
  form: FormDefinition | undefined,
): Findings => {
  const { quota, amount, envelope, period } = category;
  const goals = goalValues(category.goals);
  const applicants = new Set(category.applicants);
  const held = checkEnvelope(category, path);
  const lastDay = lastDayOf(period);
  const faults = [
    ...(formKeys.has(category.form) ? [] : [{ path: at(path, 'form'), code: 'UNKNOWN_FORM' as const }]),
    ...(form === undefined
      ? []
      : Object.entries(category.fixed ?? {}).flatMap(([key, value]) =>
          fixedFaults(key, value, fieldsOf(form).byKey.get(key), at(path, 'fixed', key)),
        )),
    ...goalsFaults(category.goals, form, at(path, 'goals')),
    ...indicatorFaults(category.indicators, { applicants, goals }, at(path, 'indicators')),
    ...(quota === undefined ? [] : quotaFaults(quota, goals, at(path, 'quota'))),
    ...(amount === undefined ? [] : amountFaults(amount, at(path, 'amount'))),
    ...(envelope === undefined ? [] : envelopeFaults(envelope, at(path, 'envelope'))),
    ...held.faults,
    ...periodFaults(period, at(path, 'period')),
    ...jointFaults(category.joint, at(path, 'joint')),
    ...materialFaults(category.materials, at(path, 'materials')),
  ];
  const lastDays = lastDay === undefined ? [] : [lastDay];
  const warnings = [
    ...held.warnings,
    ...optionalGoals(category.goals, form, category.fixed, at(path, 'goals')),
    ...earlyReports(category.obligations, lastDays, at(path, 'obligations')),
  ];
  return { faults, warnings };
};
