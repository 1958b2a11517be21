import type { CallTerms } from '#shared/domain/call/call-terms.ts';
import type { CategoryPlace } from '#shared/domain/call/category-tree.ts';
import type { Condition } from '#shared/domain/call/condition.ts';
import { at } from '#shared/domain/fault.ts';

export interface ApplyingCondition {
  readonly condition: Condition;
  /** Where it is written: `conditions[2]` of the call, `categories.2-1.conditions[0]` of a group or category, by its code. */
  readonly path: string;
}

/** Every condition of a category, the call's own first, then those of the groups above it from the top, then its own. */
export const applyingConditions = (
  { conditions }: Pick<CallTerms, 'conditions'>,
  { path }: Pick<CategoryPlace, 'path'>,
): ApplyingCondition[] => [
  ...conditions.map((condition, index) => ({ condition, path: at('conditions', index) })),
  ...path.flatMap((node) =>
    node.conditions.map((condition, index) => ({
      condition,
      path: at('categories', node.code, 'conditions', index),
    })),
  ),
];
