import { at, type Fault } from '#shared/domain/fault.ts';
import { checkComplete } from '#shared/domain/form/check-complete.ts';
import { checkShape } from '#shared/domain/form/check-shape.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import { materialFaults } from '#shared/domain/submission/materials.ts';
import type { Submission } from '#shared/domain/submission/submission.ts';
import type { ComparedRules } from './category-changes.ts';
import type { DraftEffect } from './change.ts';

const completeFaults = ({ form, place: { category } }: ComparedRules, answers: Answers): readonly Fault[] =>
  checkComplete(form, { fixed: category.fixed, amountCeilingFen: amountCeilingFen(category.amount) }, answers);

const keyOf = ({ path, code }: Fault): string => `${code} ${path}`;

/** Faults that the version before did not find; what is merely still missing is none of them. */
const newFaults = (before: readonly Fault[], after: readonly Fault[]): Fault[] => {
  const known = new Set(before.map(keyOf));
  return after.filter(
    (fault) => fault.code !== 'REQUIRED' && fault.code !== 'MATERIAL_MISSING' && !known.has(keyOf(fault)),
  );
};

/** The field that a fault's path begins with. */
const fieldKeyOf = (path: string): string => /^[A-Za-z0-9]+/.exec(path)?.[0] ?? '';

const answerEffects = (before: ComparedRules, after: ComparedRules, answers: Answers): DraftEffect[] => {
  const labelOf = (key: string): string =>
    [after, before].map(({ form }) => fieldsOf(form).byKey.get(key)?.label).find((label) => label !== undefined) ?? key;
  const effect = (key: string) => ({ path: at('form', key), name: labelOf(key) });
  const shaped = checkShape(after.form, after.place.category.fixed, answers);
  const gone = Object.keys(answers).filter((key) => !fieldsOf(after.form).byKey.has(key));
  const misfits = [
    ...shaped.faults.filter(({ path }) => !gone.includes(path)),
    ...newFaults(completeFaults(before, answers), completeFaults(after, shaped.answers)),
  ];
  return [
    ...gone.map((key): DraftEffect => ({ ...effect(key), kind: 'removed', effect: 'unneededAnswer' })),
    ...shaped.dropped.map((key): DraftEffect => ({ ...effect(key), kind: 'removed', effect: 'hiddenAnswer' })),
    ...misfits.map((fault): DraftEffect => {
      return { ...effect(fieldKeyOf(fault.path)), kind: 'changed', effect: 'misfitAnswer', fault };
    }),
  ];
};

const fileEffects = (
  { place: before }: ComparedRules,
  { place: after }: ComparedRules,
  attachments: Submission['attachments'],
): DraftEffect[] => {
  const [old, next] = [before.category.materials, after.category.materials];
  const gone = [...new Set(attachments.map(({ material }) => material))].filter((key) =>
    next.every((material) => material.key !== key),
  );
  const titleOf = (key: string): string => [...next, ...old].find((material) => material.key === key)?.title ?? key;
  const materialOf = (path: string): string =>
    attachments.find(({ attachmentId }) => path.startsWith(at('attachments', attachmentId)))?.material ??
    path.replace(/^materials\./, '');
  return [
    ...gone.map((key): DraftEffect => {
      return { path: at('materials', key), kind: 'removed', effect: 'unneededFile', name: titleOf(key) };
    }),
    ...newFaults(materialFaults(old, attachments), materialFaults(next, attachments))
      .filter(({ code }) => code !== 'UNKNOWN_MATERIAL')
      .map((fault): DraftEffect => {
        const key = materialOf(fault.path);
        return { path: at('materials', key), kind: 'changed', effect: 'misfitFile', name: titleOf(key), fault };
      }),
  ];
};

/** What the version in force does to the answers and files that a draft has: what it no longer asks for, hides, or would refuse. */
export const draftEffects = (
  before: ComparedRules,
  after: ComparedRules,
  { answers, attachments }: Pick<Submission, 'answers' | 'attachments'>,
): DraftEffect[] => [...answerEffects(before, after, answers), ...fileEffects(before, after, attachments)];
