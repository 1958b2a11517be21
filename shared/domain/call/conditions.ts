import type { FormDefinition } from '#shared/domain/form/definition.ts';
import type { CategoryPlace } from './category-tree.ts';
import type { Condition } from './condition.ts';

/** All conditions that hold for a category: the call's, those of the groups above it from the top, its own. */
export const conditionsOf = ({ path }: CategoryPlace, ofCall: readonly Condition[]): readonly Condition[] => [
  ...ofCall,
  ...path.flatMap(({ conditions }) => conditions),
];

/** Keys of the answers that conditions ask to be declared, each once. */
export const declaredKeys = (conditions: readonly Condition[]): string[] => [
  ...new Set(conditions.flatMap(({ declare }) => declare ?? [])),
];

/** Whether anything about a category is decided by a rule. */
export const hasRules = (conditions: readonly Condition[], { rules }: FormDefinition): boolean =>
  conditions.some(({ rule }) => rule !== undefined) || rules.some(({ kind }) => kind === 'check');
