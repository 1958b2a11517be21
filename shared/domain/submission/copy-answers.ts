import { conditionsOf, declaredKeys } from '#shared/domain/call/conditions.ts';
import type {
  Answer,
  Answers,
  Field,
  FieldOf,
  FormDefinition,
  Row,
  Scalar,
  ScalarField,
  TableField,
} from '#shared/domain/form/definition.ts';
import { fieldsOf, fixedAnswer, isAnswered, isRows } from '#shared/domain/form/fields.ts';
import { PlacedFaults } from '#shared/domain/form/placed-faults.ts';
import { fenOf } from '#shared/domain/form/scalar-complete.ts';
import { scalarShape } from '#shared/domain/form/scalar-shape.ts';
import { amountCeilingFen } from '#shared/domain/money/amount-ceiling.ts';
import { formatDecimal } from '#shared/domain/money/decimal.ts';
import type { CategoryTerms } from './category-rules.ts';

/** Answers of an earlier submission, with the form they were given to. */
export interface Earlier {
  readonly answers: Answers;
  readonly form: FormDefinition;
}

export interface CopiedAnswers {
  /** What the new form takes; what it hides is still among them. */
  readonly answers: Answers;
  /** Keys of earlier answers that it does not take as they were, in the order of the earlier form. */
  readonly altered: readonly string[];
}

/** What can be copied of an answer, and whether that is all of it. */
interface Copy<Value> {
  readonly value: Value | undefined;
  readonly whole: boolean;
}
const NOTHING: Copy<never> = { value: undefined, whole: false };

type WithOptions = FieldOf<'choice' | 'choices'>;

/** Values are the author's own shorthand: an option is the same one where it says the same. */
const isSameOption = (field: WithOptions, earlier: WithOptions, value: string): boolean => {
  const label = field.options.find((option) => option.value === value)?.label;
  return label !== undefined && label === earlier.options.find((option) => option.value === value)?.label;
};

/** The answer as the new question would be answered: the same amount in its unit, the same options. */
const translated = (field: ScalarField, earlier: ScalarField, answer: Scalar): Copy<Scalar> => {
  const whole = { value: answer, whole: true };
  if (field.type === 'money' && earlier.type === 'money') {
    const fen = fenOf(earlier, answer);
    return fen === undefined ? NOTHING : { value: formatDecimal(fen, field.unit), whole: true };
  }
  if (field.type === 'choice' && earlier.type === 'choice') {
    return typeof answer === 'string' && isSameOption(field, earlier, answer) ? whole : NOTHING;
  }
  if (field.type === 'choices' && earlier.type === 'choices' && Array.isArray(answer)) {
    const value = answer.filter((each) => isSameOption(field, earlier, each));
    return value.length === 0 ? NOTHING : { value, whole: value.length === answer.length };
  }
  if (field.type === 'integer' && earlier.type === 'integer') return field.unit === earlier.unit ? whole : NOTHING;
  return field.type === earlier.type ? whole : NOTHING;
};

const copyScalar = (field: ScalarField, earlier: ScalarField | undefined, answer: Scalar): Copy<Scalar> => {
  if (earlier === undefined) return NOTHING;
  const { value, whole } = translated(field, earlier, answer);
  if (value === undefined) return NOTHING;
  const faults = new PlacedFaults();
  const shaped = scalarShape(field)(value, faults);
  return faults.found.length > 0 ? NOTHING : { value: shaped, whole };
};

const copyRow = (table: TableField, earlier: TableField, row: Row): Copy<Row> => {
  const cells: Record<string, Scalar> = {};
  let whole = true;
  for (const [key, cell] of Object.entries(row)) {
    if (!isAnswered(cell)) continue;
    const column = table.columns.find((each) => each.key === key);
    const before = earlier.columns.find((each) => each.key === key);
    const copy = column === undefined ? NOTHING : copyScalar(column, before, cell);
    if (copy.value !== undefined) cells[key] = copy.value;
    whole &&= copy.whole;
  }
  return { value: Object.keys(cells).length === 0 ? undefined : cells, whole };
};

/** The rows from the first as far as there is room, with the columns that are still asked for. */
const copyRows = (table: TableField, earlier: TableField, rows: readonly Row[]): Copy<Answer> => {
  const filled = rows.filter((row) => Object.values(row).some(isAnswered));
  const copies = filled.map((row) => copyRow(table, earlier, row));
  const value = copies.flatMap((copy) => (copy.value === undefined ? [] : [copy.value])).slice(0, table.maxRows);
  return {
    value: value.length === 0 ? undefined : value,
    whole: value.length === filled.length && copies.every(({ whole }) => whole),
  };
};

const copyAnswer = (field: Field, earlier: Field | undefined, answer: Answer): Copy<Answer> => {
  if (field.type === 'table') {
    return earlier?.type === 'table' && isRows(answer) ? copyRows(field, earlier, answer) : NOTHING;
  }
  return earlier?.type === 'table' || isRows(answer) ? NOTHING : copyScalar(field, earlier, answer);
};

/** An amount above what an award of the category can be, where the form holds it to that. */
const exceedsAmount = ({ form, place }: CategoryTerms, key: string, answer: Answer): boolean => {
  const field = fieldsOf(form).byKey.get(key);
  const ceiling = amountCeilingFen(place.category.amount);
  if (ceiling === undefined || field?.type !== 'money') return false;
  if (!form.rules.some((rule) => rule.kind === 'withinAmount' && rule.field === key)) return false;
  const fen = fenOf(field, answer);
  return fen !== undefined && fen > ceiling;
};

/**
 * Earlier answers as far as another form takes them: of the same key and type, in its own unit, with its own options, rows and columns. Declarations are
 * made anew, what the category fixes is fixed, and an amount above what an award can be is left to be asked for again.
 */
export const copyAnswers = (rules: CategoryTerms, earlier: Earlier): CopiedAnswers => {
  const { byKey } = fieldsOf(rules.form);
  const before = fieldsOf(earlier.form).byKey;
  const declared = new Set(declaredKeys(conditionsOf(rules.place, rules.call.conditions)));
  const answers: Record<string, Answer> = Object.create(null);
  const altered: string[] = [];
  for (const [key, answer] of Object.entries(earlier.answers)) {
    if (!isAnswered(answer)) continue;
    const fixed = fixedAnswer(rules.place.category.fixed, key);
    if (fixed !== undefined) {
      if (fixed !== answer) altered.push(key);
      continue;
    }
    const field = byKey.get(key);
    const { value, whole } =
      field === undefined || declared.has(key) ? NOTHING : copyAnswer(field, before.get(key), answer);
    const taken = value !== undefined && !exceedsAmount(rules, key, value);
    if (taken) answers[key] = value;
    if (!whole || (value !== undefined && !taken)) altered.push(key);
  }
  return { answers, altered };
};
