import type { Answer, Field, FormDefinition, Row } from './definition.ts';
import { oncePerForm } from './once-per-form.ts';

export interface FormFields {
  /** In the order of the form. */
  readonly all: readonly Field[];
  readonly byKey: ReadonlyMap<string, Field>;
}

export const fieldsOf: (form: FormDefinition) => FormFields = oncePerForm(({ sections }) => {
  const all = sections.flatMap(({ fields }) => fields);
  return { all, byKey: new Map(all.map((field) => [field.key, field])) };
});

/** Answers the category decides (项目类型), by field. */
export type FixedAnswers = Readonly<Record<string, string>>;

/** The text a category fixes for a field, if it does. */
export const fixedAnswer = (fixed: FixedAnswers | undefined, key: string): string | undefined =>
  fixed !== undefined && Object.hasOwn(fixed, key) ? fixed[key] : undefined;

/** The answer of a field if it has one of its own: keys of a form are data, so what objects inherit never counts. */
export const answerOf = <Value>(answers: Readonly<Record<string, Value>>, key: string): Value | undefined =>
  Object.hasOwn(answers, key) ? answers[key] : undefined;

/** Whether something was answered: blank text, no choice at all and a table without rows are nothing. */
export const isAnswered = (answer: Answer | undefined): answer is Answer => {
  if (typeof answer === 'string') return answer.trim() !== '';
  return Array.isArray(answer) ? answer.length > 0 : answer !== undefined;
};

/** Whether an answer is a table's. An empty list may be a table's or a choice's: either way nothing is in it. */
export const isRows = (answer: Answer | undefined): answer is readonly Row[] =>
  Array.isArray(answer) && answer.every((value) => typeof value === 'object');
