import type { Answers, FormDefinition, Row, ScalarField, TableField } from '#shared/domain/form/definition.ts';
import { answerOf, fieldsOf, isRows } from '#shared/domain/form/fields.ts';
import { answerCell } from './answer-cell.ts';

type Cell = string | number | undefined;

/** A form and the version of the call that asks it. */
export interface VersionedForm {
  readonly version: number;
  readonly form: FormDefinition;
}

export interface AnswerColumn {
  readonly heading: string;
  /** In digits, as spreadsheets count. */
  readonly width: number;
}

/** A table of the form: a sheet of its own. */
export interface TableColumns {
  readonly title: string;
  readonly columns: readonly AnswerColumn[];
}

/** The columns of all versions together, and what a set of answers puts into them. */
export interface AnswerColumns {
  readonly columns: readonly AnswerColumn[];
  readonly tables: readonly TableColumns[];
  /** Cells in the order of `columns`, by the form of the version the answers are of. */
  cells(version: number, answers: Answers): Cell[];
  /** Rows of cells for each of `tables`, in their order. */
  rows(version: number, answers: Answers): Cell[][][];
}

const unitOf = (field: ScalarField): string | undefined =>
  field.type === 'money' || field.type === 'integer' ? field.unit : undefined;

/** Chinese takes two digits a character. */
const WIDTHS = { narrow: 12, usual: 18, wide: 30, widest: 48 } as const;

const widthOf = (field: ScalarField): number => {
  switch (field.type) {
    case 'text':
      if (field.multiline || field.maxLength > 200) return WIDTHS.widest;
      return field.maxLength > 30 ? WIDTHS.wide : WIDTHS.usual;
    case 'choice':
    case 'choices':
      return WIDTHS.wide;
    case 'date':
    case 'integer':
    case 'money':
    case 'boolean':
      return Math.max(WIDTHS.narrow, Math.min(WIDTHS.usual, field.label.length * 2 + 4));
  }
};

const nameOf = (label: string, unit: string | undefined): string =>
  unit === undefined ? label : `${label}（${unit}）`;

/** Answers stand together where they mean the same: same key, label, type and unit. A budget in 元 and one in 万元 are two columns. */
const identityOf = (field: ScalarField): string =>
  JSON.stringify([field.key, field.label, field.type, unitOf(field) ?? '']);
const tableIdentity = ({ key, label }: TableField): string => JSON.stringify([key, label]);

/** What all versions ask, in the order of the newest, what only older ones ask after it; each with the versions that ask it, the newest first. */
const unionOf = <Asked>(
  forms: readonly VersionedForm[],
  askedBy: (form: FormDefinition) => readonly Asked[],
  identity: (asked: Asked) => string,
): Map<string, { readonly asked: Asked; readonly versions: number[] }> => {
  const union = new Map<string, { readonly asked: Asked; readonly versions: number[] }>();
  for (const { version, form } of forms) {
    for (const asked of askedBy(form)) {
      const known = union.get(identity(asked)) ?? { asked, versions: [] };
      known.versions.push(version);
      union.set(identity(asked), known);
    }
  }
  return union;
};

const isScalar = (field: ScalarField | TableField): field is ScalarField => field.type !== 'table';
const isTable = (field: ScalarField | TableField): field is TableField => field.type === 'table';
const scalarsOf = (form: FormDefinition): readonly ScalarField[] => fieldsOf(form).all.filter(isScalar);
const tablesOf = (form: FormDefinition): readonly TableField[] => fieldsOf(form).all.filter(isTable);

/** What the newest form does not ask says in which versions it was asked. */
const marked = (name: string, versions: readonly number[], newest: number): string =>
  versions.includes(newest) ? name : `${name}（仅第${[...versions].sort((one, other) => one - other).join('、')}版）`;

const columnOf = (field: ScalarField, versions: readonly number[], newest: number): AnswerColumn => ({
  heading: marked(nameOf(field.label, unitOf(field)), versions, newest),
  width: widthOf(field),
});

const cellsOf = (
  fields: readonly ScalarField[],
  places: ReadonlyMap<string, number>,
  answers: Answers | Row,
): Cell[] => {
  const cells: Cell[] = new Array(places.size).fill(undefined);
  for (const field of fields) {
    const place = places.get(identityOf(field));
    if (place !== undefined) cells[place] = answerCell(field, answerOf<Answers[string]>(answers, field.key));
  }
  return cells;
};

const placesOf = (union: ReadonlyMap<string, unknown>): ReadonlyMap<string, number> =>
  new Map([...union.keys()].map((identity, place) => [identity, place]));

/**
 * The columns of a category whose submissions are of several versions of the call: the union, in the order of the newest form. What only older forms ask comes
 * after that, marked with their versions; so every answer stands under the label it was given to.
 */
export const answerColumns = (versioned: readonly VersionedForm[]): AnswerColumns => {
  const forms = [...versioned].sort((one, other) => other.version - one.version);
  const byVersion = new Map(forms.map(({ version, form }) => [version, form]));
  const newest = forms[0]?.version ?? 0;
  const formOf = (version: number): FormDefinition => {
    const form = byVersion.get(version);
    if (form === undefined) throw new Error(`There is no form of version ${version} among the columns`);
    return form;
  };

  const scalars = unionOf(forms, scalarsOf, identityOf);
  const scalarPlaces = placesOf(scalars);
  const tables = [...unionOf(forms, tablesOf, tableIdentity)].map(([identity, { asked, versions }]) => {
    const columns = unionOf(
      forms,
      (form) => tablesOf(form).find((table) => tableIdentity(table) === identity)?.columns ?? [],
      identityOf,
    );
    const [newestOfTable = newest] = versions;
    return {
      identity,
      title: marked(asked.label, versions, newest),
      columns: [...columns.values()].map((column) => columnOf(column.asked, column.versions, newestOfTable)),
      places: placesOf(columns),
    };
  });

  return {
    columns: [...scalars.values()].map(({ asked, versions }) => columnOf(asked, versions, newest)),
    tables,
    cells: (version, answers) => cellsOf(scalarsOf(formOf(version)), scalarPlaces, answers),
    rows: (version, answers) =>
      tables.map(({ identity, places }) => {
        const table = tablesOf(formOf(version)).find((one) => tableIdentity(one) === identity);
        const rows = table === undefined ? undefined : answerOf(answers, table.key);
        if (table === undefined || !isRows(rows)) return [];
        return rows.map((row) => cellsOf(table.columns, places, row));
      }),
  };
};
