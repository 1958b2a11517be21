import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { CategoryPlace, WholePlace } from '#shared/domain/call/category-tree.ts';
import type { Decide } from '#shared/domain/expression/facts.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';

/** One version of a category: what a draft is written against. */
export interface CategoryTerms {
  readonly version: number;
  readonly call: CallTerms;
  readonly place: CategoryPlace;
  readonly form: FormDefinition;
}

/** The same with all that the notice says of the category and its groups. */
export interface WholeCategory extends CategoryTerms {
  readonly place: WholePlace;
}

/** What one version of a call asks of a submission in one category. */
export interface CategoryRules extends CategoryTerms {
  /** Decides the rules that conditions and form are written with. */
  readonly decide: Decide;
}
