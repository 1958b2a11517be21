import type { Answer, ScalarField } from '#shared/domain/form/definition.ts';

/** Between several choices of one answer. */
const BETWEEN_CHOICES = '；';

/** Spreadsheets keep so many digits of a number. */
const EXACT_DIGITS = 15;

/**
 * A number where it is one exactly, so that a column can be added up: written back it is the same text. All else is text: telephone numbers, codes and dates
 * are no numbers, and a spreadsheet would change them.
 */
const numberOrText = (text: string): string | number => {
  const digits = text.replace(/[^0-9]/g, '').length;
  return digits <= EXACT_DIGITS && String(Number(text)) === text ? Number(text) : text;
};

const labelOf = (field: ScalarField, value: string): string =>
  field.type === 'choice' || field.type === 'choices'
    ? (field.options.find((option) => option.value === value)?.label ?? value)
    : value;

/** An answer as a cell shows it, in the words of the form it was given to; nothing where there is none. */
export const answerCell = (field: ScalarField, answer: Answer | undefined): string | number | undefined => {
  if (answer === undefined) return undefined;
  if (typeof answer === 'boolean') return answer ? '是' : '否';
  if (typeof answer === 'number') return numberOrText(String(answer));
  if (typeof answer === 'string') return field.type === 'money' ? numberOrText(answer) : labelOf(field, answer);
  return answer
    .map((value) => (typeof value === 'string' ? labelOf(field, value) : JSON.stringify(value)))
    .join(BETWEEN_CHOICES);
};
