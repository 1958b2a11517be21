import type { Answer, Answers, Field, FormDefinition, Visibility } from './definition.ts';
import { answerOf, type FormFields, fieldsOf } from './fields.ts';

interface Conditional {
  readonly key: string;
  readonly condition: Visibility;
}

interface Conditions {
  /** Each field after the one that controls it. */
  readonly ordered: readonly Conditional[];
  /** Fields that control each other in a circle or hang on one that is not there (both refused when a call is written). */
  readonly never: readonly string[];
}

const layOut = ({ all, byKey }: FormFields): Conditions => {
  const ordered: Conditional[] = [];
  const never: string[] = [];
  const settled = new Set<string>();
  for (const field of all) {
    // Every field has one controller at most, so what has to be known first is a chain, walked up to something settled and then back.
    const chain = new Map<Field, Visibility>();
    let current: Field | undefined = field;
    while (current?.visibleWhen !== undefined && !settled.has(current.key) && !chain.has(current)) {
      chain.set(current, current.visibleWhen);
      current = byKey.get(current.visibleWhen.field);
    }
    const canShow = current !== undefined && !chain.has(current);
    for (const [{ key }, condition] of [...chain].reverse()) {
      settled.add(key);
      if (canShow) ordered.push({ key, condition });
      else never.push(key);
    }
  }
  return { ordered, never };
};

/** Laid out once per form, as its fields are. */
const laidOut = new WeakMap<FormDefinition, Conditions>();

const conditionsOf = (form: FormDefinition): Conditions => {
  const known = laidOut.get(form);
  if (known !== undefined) return known;
  const conditions = layOut(fieldsOf(form));
  laidOut.set(form, conditions);
  return conditions;
};

const isMet = (condition: Visibility, answer: Answer | undefined): boolean => {
  if (typeof answer === 'string' || typeof answer === 'boolean') return condition.in.includes(answer);
  return Array.isArray(answer) && answer.some((value) => typeof value === 'string' && condition.in.includes(value));
};

/**
 * Keys of the fields that are not asked for with these answers: their controller is hidden itself, has another value or none. Never fails, whatever the
 * answers are.
 */
export const hiddenFields = (form: FormDefinition, answers: Answers): ReadonlySet<string> => {
  const { ordered, never } = conditionsOf(form);
  const hidden = new Set(never);
  for (const { key, condition } of ordered) {
    if (hidden.has(condition.field) || !isMet(condition, answerOf(answers, condition.field))) hidden.add(key);
  }
  return hidden;
};

/** The answers without those of hidden fields. Since a hidden controller hides too, what is kept hides the same fields again. */
export const withoutHidden = (answers: Answers, hidden: ReadonlySet<string>): Answers => {
  // Hardly ever is one of the hidden answered, and a copy costs more than all the rest of a check.
  if (![...hidden].some((key) => Object.hasOwn(answers, key))) return answers;
  const kept: Record<string, Answer> = Object.create(null);
  for (const [key, answer] of Object.entries(answers)) if (!hidden.has(key)) kept[key] = answer;
  return kept;
};
