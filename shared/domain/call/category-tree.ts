import type { LeafTerms, NodeTerms } from './category-record.ts';
import type { Category, CategoryGroup, CategoryNode } from './definition.ts';

export const isGroup = (node: CategoryNode): node is CategoryGroup => 'categories' in node;

/** A category that can be applied to, and the nodes above it and itself from the top: each of them may limit. */
export interface CategoryPlace<Leaf extends LeafTerms = LeafTerms> {
  readonly category: Leaf;
  readonly path: readonly NodeTerms[];
}

/** All categories that can be applied to, in the order of the notice. */
export const categoryPlaces = (
  nodes: readonly CategoryNode[],
  above: readonly CategoryNode[] = [],
): CategoryPlace<Category>[] =>
  nodes.flatMap((node) =>
    isGroup(node) ? categoryPlaces(node.categories, [...above, node]) : [{ category: node, path: [...above, node] }],
  );

export const findCategory = (nodes: readonly CategoryNode[], code: string): CategoryPlace<Category> | undefined =>
  categoryPlaces(nodes).find(({ category }) => category.code === code);
