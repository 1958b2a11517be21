import type { Answer, Answers, Field, FormDefinition, Visibility } from './definition.ts';
import { answerOf, type FormFields, fieldsOf } from './fields.ts';
import { oncePerForm } from './once-per-form.ts';

interface Conditional {
  readonly condition: Visibility;
  /** Fields that hang on it, one after the other: often a whole block does, and the condition is looked at once for all of it. */
  readonly keys: string[];
}

interface Conditions {
  /** Each condition after those its field hangs on. */
  readonly ordered: readonly Conditional[];
  /** Fields that control each other in a circle or hang on one that is not there (both refused when a call is written). */
  readonly never: readonly string[];
}

const isSame = (one: Visibility, other: Visibility): boolean =>
  one.field === other.field &&
  one.in.length === other.in.length &&
  one.in.every((value, index) => value === other.in[index]);

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
      const last = ordered.at(-1);
      if (!canShow) never.push(key);
      else if (last !== undefined && isSame(last.condition, condition)) last.keys.push(key);
      else ordered.push({ condition, keys: [key] });
    }
  }
  return { ordered, never };
};

const conditionsOf = oncePerForm((form) => layOut(fieldsOf(form)));

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
  for (const { condition, keys } of ordered) {
    if (!hidden.has(condition.field) && isMet(condition, answerOf(answers, condition.field))) continue;
    for (const key of keys) hidden.add(key);
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
