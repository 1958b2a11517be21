import type { LeafTerms, NodeTerms } from './category-record.ts';
import type { Category, CategoryGroup, CategoryNode } from './definition.ts';

export const isGroup = (node: CategoryNode): node is CategoryGroup => 'categories' in node;

/** A category that can be applied to, and the nodes above it and itself from the top: each of them may limit. */
export interface CategoryPlace<Leaf extends LeafTerms = LeafTerms> {
  readonly category: Leaf;
  readonly path: readonly NodeTerms[];
}

/** The same with all that the notice says of them. */
export interface WholePlace extends CategoryPlace<Category> {
  readonly path: readonly CategoryNode[];
}

/** All categories that can be applied to, in the order of the notice. */
export const categoryPlaces = (nodes: readonly CategoryNode[], above: readonly CategoryNode[] = []): WholePlace[] =>
  nodes.flatMap((node) =>
    isGroup(node) ? categoryPlaces(node.categories, [...above, node]) : [{ category: node, path: [...above, node] }],
  );

export const findCategory = (nodes: readonly CategoryNode[], code: string): WholePlace | undefined =>
  categoryPlaces(nodes).find(({ category }) => category.code === code);
