import { expect, it } from 'vitest';
import { validateSubmission } from '#shared/contract/submissions.ts';
import type { Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { fieldsOf } from '#shared/domain/form/fields.ts';
import { type FieldBreach, fieldBreaches } from './field-breaches.ts';
import type { Office } from './office.ts';
import type { Json } from './trial.ts';
import type { TriedCategory } from './tried-call.ts';
import { told } from './try-category.ts';

/** A field, and the first right answers of the first category that show it and do not fix it. */
interface Shown {
  readonly field: Field;
  readonly category: TriedCategory;
  readonly answers: Json;
}

const shownIn = (form: FormDefinition, categories: readonly TriedCategory[]): Shown[] =>
  fieldsOf(form).all.flatMap((field): Shown[] => {
    for (const category of categories) {
      if (category.form !== form || Object.hasOwn(category.category.fixed ?? {}, field.key)) continue;
      const right = category.right.find(({ shown }) => shown.has(field.key));
      if (right !== undefined) return [{ field, category, answers: right.answers }];
    }
    return [];
  });

const isTold = (
  errors: readonly { path: string; code: string; clause?: string | undefined; message: string }[],
  { refused }: FieldBreach,
) =>
  errors.some(
    ({ path, code, clause, message }) =>
      path === refused.path && code === refused.code && clause === refused.clause && /\p{Script=Han}/u.test(message),
  );

/** Registers the trial of one form: every bound of every field broken, at a save or in a dry run of the submit. */
export const tryFields = (
  name: string,
  form: FormDefinition,
  categories: readonly TriedCategory[],
  office: () => Office,
): void => {
  it(`refuses every broken bound of every field of the form ${name}, with its path and clause`, async () => {
    const untold: unknown[] = [];
    for (const { field, category, answers: right } of shownIn(form, categories)) {
      const { desk, answers: kept } = await office().standOf(category);
      for (const breach of fieldBreaches(field, right)) {
        const refusal =
          (await desk.save({ ...right, ...breach.answers })) ??
          (await office().world.applicant.read(validateSubmission.reply, 200, 'POST', `${desk.path}/validate`)).body;
        if (!isTold(refusal.errors, breach)) untold.push({ expected: breach.refused, told: told(refusal) });
      }
      await desk.save(kept);
    }
    expect(untold).toEqual([]);
  }, 300_000);
};
