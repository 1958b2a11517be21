import { at, type Fault, shownKey } from '#shared/domain/fault.ts';
import { FaultList, type Report, reportAt } from '#shared/domain/fault-list.ts';
import { isJsonObject, type JsonObject } from '#shared/domain/json-object.ts';
import type { Answer, Answers, Field, FormDefinition, Row, Scalar, TableField } from './definition.ts';
import { answerOf, type FixedAnswers, fieldsOf, fixedAnswer } from './fields.ts';
import { scalarShape } from './scalar-shape.ts';
import { visibleFields } from './visibility.ts';

export interface ShapedAnswers {
  /** Canonical, in the form's order, without the hidden ones. */
  readonly answers: Answers;
  /** Fields that were sent and are hidden by a condition. */
  readonly dropped: readonly string[];
  readonly faults: readonly Fault[];
}

const reportUnknown = (input: JsonObject, known: (key: string) => boolean, path: string, faults: FaultList): void => {
  for (const key of Object.keys(input)) {
    if (faults.isFull) return;
    if (!known(key)) faults.add({ path: at(path, shownKey(key)), code: 'UNKNOWN' });
  }
};

const rowShape = (table: TableField, input: unknown, path: string, faults: FaultList): Row => {
  const row: Record<string, Scalar> = Object.create(null);
  if (!isJsonObject(input)) {
    reportAt(faults, path, table)('WRONG_TYPE', { expected: 'object' });
    return row;
  }
  for (const column of table.columns) {
    if (!Object.hasOwn(input, column.key)) continue;
    const report = reportAt(faults, at(path, column.key), { label: column.label, clause: table.clause });
    const cell = scalarShape(column, input[column.key], report);
    if (cell !== undefined) row[column.key] = cell;
  }
  reportUnknown(input, (key) => table.columns.some((column) => column.key === key), path, faults);
  return row;
};

const tableShape = (
  table: TableField,
  input: unknown,
  report: Report,
  faults: FaultList,
): readonly Row[] | undefined => {
  if (input === null) report('NULL');
  else if (!Array.isArray(input)) report('WRONG_TYPE', { expected: 'list of objects' });
  else if (input.length > table.maxRows) report('TOO_MANY', { limit: table.maxRows });
  else return input.map((row, index) => rowShape(table, row, at(table.key, index), faults));
  return undefined;
};

const fieldShape = (field: Field, input: unknown, faults: FaultList): Answer | undefined => {
  const report = reportAt(faults, field.key, field);
  return field.type === 'table' ? tableShape(field, input, report, faults) : scalarShape(field, input, report);
};

/**
 * What saving a draft asks of answers: any may be missing, none may have a wrong shape. Required answers, formats, bounds and rules are `checkComplete`'s.
 * Answers the category fixes are put in where they were not sent; answers of hidden fields are left out and named, whatever they are.
 */
export const checkShape = (form: FormDefinition, fixed: FixedAnswers | undefined, input: unknown): ShapedAnswers => {
  const faults = new FaultList();
  if (!isJsonObject(input)) {
    faults.add({ path: '', code: 'WRONG_TYPE', params: { expected: 'object' } });
    return { answers: Object.create(null), dropped: [], faults: faults.found };
  }
  const { all, byKey } = fieldsOf(form);
  const shaped: Record<string, Answer> = Object.create(null);
  const faultsOf = new Map<string, FaultList>();
  for (const field of all) {
    const sent = Object.hasOwn(input, field.key);
    const value = sent ? input[field.key] : fixedAnswer(fixed, field.key);
    if (!sent && value === undefined) continue;
    const own = new FaultList();
    const answer = fieldShape(field, value, own);
    if (answer !== undefined) shaped[field.key] = answer;
    if (own.found.length > 0) faultsOf.set(field.key, own);
  }
  const visible = visibleFields(form, shaped);
  const answers: Record<string, Answer> = Object.create(null);
  const dropped: string[] = [];
  for (const { key } of all) {
    const answer = answerOf(shaped, key);
    if (visible.has(key)) {
      if (answer !== undefined) answers[key] = answer;
      for (const fault of faultsOf.get(key)?.found ?? []) faults.add(fault);
    } else if (Object.hasOwn(input, key)) {
      dropped.push(key);
    }
  }
  reportUnknown(input, (key) => byKey.has(key), '', faults);
  return { answers, dropped, faults: faults.found };
};
