import type { Answer, Answers, Field, FormDefinition, Visibility } from './definition.ts';
import { answerOf, fieldsOf } from './fields.ts';

const isMet = (condition: Visibility, answer: Answer | undefined): boolean => {
  if (typeof answer === 'string' || typeof answer === 'boolean') return condition.in.includes(answer);
  return Array.isArray(answer) && answer.some((value) => typeof value === 'string' && condition.in.includes(value));
};

/**
 * Keys of the fields that are asked for with these answers. A field is hidden while its controller is hidden, has another value or none; fields that
 * control each other in a circle (refused when a call is written) are hidden. Never fails, whatever the answers are.
 */
export const visibleFields = (form: FormDefinition, answers: Answers): ReadonlySet<string> => {
  const { all, byKey } = fieldsOf(form);
  const settled = new Map<string, boolean>();
  for (const field of all) {
    // Every field has one controller at most, so what has to be known first is a chain, walked up to something known and then back.
    const chain = new Set<Field>();
    let current: Field | undefined = field;
    while (current?.visibleWhen !== undefined && !settled.has(current.key) && !chain.has(current)) {
      chain.add(current);
      current = byKey.get(current.visibleWhen.field);
    }
    let visible =
      current !== undefined && !chain.has(current) && (settled.get(current.key) ?? current.visibleWhen === undefined);
    if (chain.size === 0) settled.set(field.key, visible);
    for (const link of [...chain].reverse()) {
      visible &&= link.visibleWhen !== undefined && isMet(link.visibleWhen, answerOf(answers, link.visibleWhen.field));
      settled.set(link.key, visible);
    }
  }
  return new Set(all.filter((field) => settled.get(field.key)).map((field) => field.key));
};

/** The answers of visible fields alone. Since a hidden controller hides too, what is kept shows the same fields again. */
export const keepVisible = (answers: Answers, visible: ReadonlySet<string>): Answers => {
  const kept: Record<string, Answer> = Object.create(null);
  for (const [key, answer] of Object.entries(answers)) if (visible.has(key)) kept[key] = answer;
  return kept;
};
