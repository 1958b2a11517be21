import { at, type Fault, shownKey } from '#shared/domain/fault.ts';
import { FaultList, type Report, reportAt } from '#shared/domain/fault-list.ts';
import { isJsonObject, type JsonObject } from '#shared/domain/json-object.ts';
import { Canonical } from './canonical.ts';
import type { Answer, Answers, Field, FormDefinition, Row, Scalar, TableField } from './definition.ts';
import { type FixedAnswers, fieldsOf, fixedAnswer } from './fields.ts';
import { scalarShape } from './scalar-shape.ts';
import { hiddenFields, withoutHidden } from './visibility.ts';

export interface ShapedAnswers {
  /** Canonical, in the form's order, without the hidden ones; the very object that was sent where it is all that already. */
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

const rowShape = (table: TableField, input: unknown, index: number, faults: FaultList): Row => {
  if (!isJsonObject(input)) {
    reportAt(faults, at(table.key, index), table)('WRONG_TYPE', { expected: 'object' });
    return Object.create(null);
  }
  const row = new Canonical<Scalar>(input);
  for (const column of table.columns) {
    const sent = row.take(column.key);
    if (sent === undefined) continue;
    const path = () => at(table.key, index, column.key);
    row.put(
      column.key,
      scalarShape(column, sent, reportAt(faults, path, { label: column.label, clause: table.clause })),
    );
  }
  if (!row.isWhole)
    reportUnknown(input, (key) => table.columns.some((column) => column.key === key), at(table.key, index), faults);
  return row.made();
};

const isMadeOf = (rows: readonly Row[], input: readonly unknown[]): input is readonly Row[] =>
  rows.every((row, index) => row === input[index]);

const tableShape = (
  table: TableField,
  input: unknown,
  report: Report,
  faults: FaultList,
): readonly Row[] | undefined => {
  if (input === null) report('NULL');
  else if (!Array.isArray(input)) report('WRONG_TYPE', { expected: 'list of objects' });
  else if (input.length > table.maxRows) report('TOO_MANY', { limit: table.maxRows });
  else {
    const rows = input.map((row, index) => rowShape(table, row, index, faults));
    return isMadeOf(rows, input) ? input : rows;
  }
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
  const canonical = new Canonical<Answer>(input);
  const faultsOf = new Map<string, readonly Fault[]>();
  let own = new FaultList();
  for (const field of all) {
    const sent = canonical.take(field.key);
    const value = sent === undefined ? fixedAnswer(fixed, field.key) : sent;
    if (value === undefined) continue;
    canonical.put(field.key, fieldShape(field, value, own));
    if (own.found.length === 0) continue;
    // Kept apart until it is known which fields are hidden.
    faultsOf.set(field.key, own.found);
    own = new FaultList();
  }
  const shaped = canonical.made();
  const hidden = hiddenFields(form, shaped);
  for (const [key, found] of faultsOf) if (!hidden.has(key)) for (const fault of found) faults.add(fault);
  if (!canonical.isWhole) reportUnknown(input, (key) => byKey.has(key), '', faults);
  const dropped = [...hidden].filter((key) => Object.hasOwn(input, key));
  return { answers: withoutHidden(shaped, hidden), dropped, faults: faults.found };
};
