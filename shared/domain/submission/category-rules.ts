import type { CategoryPlace } from '#shared/domain/call/category-tree.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';

/** What one version of a call asks of a submission in one category. */
export interface CategoryRules {
  readonly version: number;
  readonly call: CallDefinitionWithoutForms;
  readonly place: CategoryPlace;
  readonly form: FormDefinition;
}
