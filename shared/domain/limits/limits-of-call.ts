import { isGroup } from '#shared/domain/call/category-tree.ts';
import type { CallDefinitionWithoutForms, CategoryNode } from '#shared/domain/call/definition.ts';
import { type LimitScope, limitsOf } from './limits.ts';

/** A node of a call's tree, and the group it lies in. */
export interface PlacedNode {
  readonly node: CategoryNode;
  readonly group?: string;
}

/** All nodes of a call's tree, each before what it holds. */
export const nodesOf = (nodes: readonly CategoryNode[], group?: string): PlacedNode[] =>
  nodes.flatMap((node) => [
    { node, ...(group === undefined ? {} : { group }) },
    ...(isGroup(node) ? nodesOf(node.categories, node.code) : []),
  ]);

/** Every limit of a call: its own, or the one that a tally needs, then those of its nodes. */
export const limitsOfCall = (call: CallDefinitionWithoutForms): LimitScope[] =>
  limitsOf(
    call,
    nodesOf(call.categories).map(({ node }) => node),
  );
