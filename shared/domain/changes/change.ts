import type { Fault } from '#shared/domain/fault.ts';
import type { Field, Format } from '#shared/domain/form/definition.ts';

/** What a definition is made of, as far as an applicant is asked for it or bound by it. */
export type Thing =
  | 'call'
  | 'group'
  | 'category'
  | 'goal'
  | 'indicator'
  | 'condition'
  | 'deliverable'
  | 'obligation'
  | 'material'
  | 'form'
  | 'guidance'
  | 'field'
  | 'column'
  | 'option'
  | 'fixed'
  | 'statement'
  | 'rule';

/** What of a thing can change. Those that hold or do not are `Flag`s, told by a sentence of their own. */
export type Aspect =
  | 'name'
  | 'hint'
  | 'type'
  | 'maxLength'
  | 'minLength'
  | 'format'
  | 'min'
  | 'max'
  | 'unit'
  | 'minRows'
  | 'maxRows'
  | 'firstRow'
  | 'visibleWhen'
  | 'value'
  | 'decides'
  | 'effect'
  | 'message'
  | 'accept'
  | 'maxSize'
  | 'maxCount'
  | 'content'
  | 'applicants'
  | 'amount'
  | 'payment'
  | 'envelope'
  | 'quota'
  | 'quotaParts'
  | 'limitPerUnit'
  | 'periodText'
  | 'from'
  | 'until'
  | 'agreement'
  | 'choose'
  | 'askedBy'
  | 'figures'
  | 'goal'
  | 'evidence'
  | 'without'
  | 'due'
  | 'jointText'
  | 'minPartners'
  | 'maxPartners'
  | 'partners'
  | 'fiscalYear'
  | 'closes'
  | 'sanctioned'
  | 'overdue'
  | Flag;

export type Flag =
  | 'required'
  | 'multiline'
  | 'priority'
  | 'soft'
  | 'report'
  | 'jointAllowed'
  | 'leadNamed'
  | 'partnersCount';

/** Words of ours that are put into the reader's language. */
export type Word =
  | Field['type']
  | Format
  | 'undetermined'
  | 'before'
  | 'after'
  | 'one'
  | 'any'
  | 'gate'
  | 'priority'
  | 'bars';

/** A value as it is told: the author's own words and figures, or what needs the reader's language. */
export type Shown =
  | string
  | number
  | boolean
  | { readonly word: Word }
  | { readonly list: readonly string[] }
  | { readonly bytes: number }
  | {
      readonly least?: string | number | undefined;
      readonly most?: string | number | undefined;
      readonly unit?: string | undefined;
      readonly soft?: boolean | undefined;
    }
  | { readonly count: number; readonly time: 'day' | 'week' | 'month' | 'year'; readonly event: string }
  | { readonly field: string; readonly in: readonly (string | boolean)[] };

/**
 * One difference between two versions, as data; the sentence is made at the edge. Without `aspect` the thing itself came or went. `path` names fields,
 * materials and groups by their keys, all else by its place in the version that has it, the one in force first.
 */
export interface Change {
  readonly path: string;
  readonly kind: 'added' | 'removed' | 'changed';
  readonly thing: Thing;
  /** Its label, title or words; none for what there is one of. */
  readonly name?: string | undefined;
  /** Label of the field that a column or an option belongs to. */
  readonly of?: string | undefined;
  readonly aspect?: Aspect | undefined;
  /** Absent where there was none, or where it is not told. */
  readonly from?: Shown | undefined;
  readonly to?: Shown | undefined;
  /** Of a field, column or material that was added. */
  readonly required?: boolean | undefined;
}

/** What becomes of an answer or a file of a draft: no longer asked for, hidden and dropped at the next save, or refused. */
export interface DraftEffect {
  readonly path: string;
  readonly kind: 'removed' | 'changed';
  readonly effect: 'unneededAnswer' | 'hiddenAnswer' | 'misfitAnswer' | 'unneededFile' | 'misfitFile';
  /** Label of the field, title of the material. */
  readonly name: string;
  /** Of a misfit: why it is refused now. */
  readonly fault?: Fault | undefined;
}

/** What a draft is told of the version in force, where it was last checked against another: a newer one, or an older one that is in force again. */
export interface DraftChanges {
  readonly from: number;
  readonly to: number;
  /** What concerns its own answers and files; with `changes`, no more than are told one by one. */
  readonly effects: readonly DraftEffect[];
  readonly changes: readonly Change[];
  /** How many were left out. */
  readonly more: number;
}
