import fc from 'fast-check';
import type { Answers, Field, FormDefinition } from '#shared/domain/form/definition.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer } from '#shared/domain/form/fields.ts';
import { hiddenFields } from '#shared/domain/form/visibility.ts';
import { goodAnswer, nearAnswer, UNKNOWN_KEYS, withKey } from './answers-to-fields.ts';

/** A body as a client sends it: anything by any key. */
export type Body = Readonly<Record<string, unknown>>;

interface Edit {
  readonly key: string;
  /** Left out: the field is not answered. */
  readonly value?: unknown;
}

const edited = (body: Body, edits: readonly Edit[]): Body => {
  const changed = new Map(Object.entries(body));
  for (const { key, value } of edits) {
    if (value === undefined) changed.delete(key);
    else changed.set(key, value);
  }
  return Object.fromEntries(changed);
};

/** One good answer to every field: what the edits start from, and what a field that comes into view is given. */
const filledIn = (form: FormDefinition, fixed: FixedAnswers | undefined): Body =>
  Object.fromEntries(
    fieldsOf(form).all.map((field) => [
      field.key,
      fixedAnswer(fixed, field.key) ?? fc.sample(goodAnswer(field), { numRuns: 1, seed: 1 })[0],
    ]),
  );

const steeringOf = (form: FormDefinition, body: Body): Answers => {
  const steering: Record<string, string | boolean | string[]> = {};
  for (const { key, type } of fieldsOf(form).all) {
    const value = body[key];
    if (type === 'choice' && typeof value === 'string') steering[key] = value;
    if (type === 'boolean' && typeof value === 'boolean') steering[key] = value;
    if (type === 'choices' && Array.isArray(value)) steering[key] = value.filter((one) => typeof one === 'string');
  }
  return steering;
};

/** Answers to what is asked for with them, and to nothing else. */
const asked = (form: FormDefinition, body: Body, filled: Body): Body => {
  let answers = body;
  for (let round = 0; round < fieldsOf(form).all.length; round += 1) {
    // What steers other fields is never changed below, but for the fields that come into view: as many rounds as there are links in a chain.
    const hidden = hiddenFields(form, steeringOf(form, answers));
    const missing = fieldsOf(form).all.filter(
      ({ key, required }) => required && !hidden.has(key) && !Object.hasOwn(answers, key),
    );
    answers = edited(answers, [
      ...[...hidden].map((key) => ({ key })),
      ...missing.map(({ key }) => ({ key, value: filled[key] })),
    ]);
    if (missing.length === 0) return answers;
  }
  return answers;
};

const goodEdit = (field: Field): fc.Arbitrary<Edit> =>
  field.required
    ? goodAnswer(field).map((value) => ({ key: field.key, value }))
    : fc.oneof(
        { weight: 3, arbitrary: goodAnswer(field).map((value) => ({ key: field.key, value })) },
        { weight: 1, arbitrary: fc.constant({ key: field.key }) },
      );

const badEdit = (field: Field): fc.Arbitrary<Edit> =>
  fc.oneof(
    { weight: 5, arbitrary: nearAnswer(field).map((value) => ({ key: field.key, value })) },
    { weight: 1, arbitrary: goodAnswer(field).map((value) => ({ key: field.key, value })) },
    { weight: 1, arbitrary: fc.constant({ key: field.key }) },
  );

/**
 * Bodies for a form in a category, about half of them complete: good answers, changed in up to five places to other good ones with all that follows
 * from it, and then in every other body in one or two places to near misses, unknown keys, answers of hidden fields or none at all.
 */
export const bodiesFor = (form: FormDefinition, fixed?: FixedAnswers): fc.Arbitrary<Body> => {
  const { all } = fieldsOf(form);
  const filled = filledIn(form, fixed);
  const free = all.filter(({ key }) => fixedAnswer(fixed, key) === undefined);
  const goodEdits =
    free.length === 0 ? fc.constant<Edit[]>([]) : fc.array(fc.oneof(...free.map(goodEdit)), { maxLength: 5 });
  const badEdits = fc.array(fc.oneof(...all.map(badEdit)), { minLength: 1, maxLength: 2 });
  const unknown = UNKNOWN_KEYS.map((key) => (body: Body) => withKey(body, key, '甲'));
  const spoiling = fc.oneof(
    { weight: 10, arbitrary: fc.constant((body: Body) => body) },
    { weight: 10, arbitrary: badEdits.map((edits) => (body: Body) => edited(body, edits)) },
    { weight: 1, arbitrary: unknown },
  );
  return fc.tuple(goodEdits, spoiling).map(([edits, spoil]) => spoil(asked(form, edited(filled, edits), filled)));
};
