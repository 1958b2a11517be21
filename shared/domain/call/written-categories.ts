import { at, type Fault } from '#shared/domain/fault.ts';
import { isJsonObject, type JsonObject } from '#shared/domain/json-object.ts';

/** Deeper trees and longer lists are no notice: the three we know have at most 3 levels and 40 categories. */
const MAX_LEVELS = 8;
const MAX_LEAVES = 500;

/** A node of the tree as it was written, before anything is known to be right about it. */
export interface WrittenNode {
  readonly path: string;
  readonly written: JsonObject;
  readonly isGroup: boolean;
}

export type WrittenCategories =
  | { readonly nodes: readonly WrittenNode[]; readonly fault?: undefined }
  | { readonly nodes?: undefined; readonly fault: Fault };

/** Whether a node groups, by what its author wrote. */
export const isWrittenGroup = (value: unknown): boolean => isJsonObject(value) && Object.hasOwn(value, 'categories');

/**
 * Every node of a definition's tree, however wrong the rest of it is, in the order of the notice. A tree too deep or too large is one fault: it is bounded
 * here, by a loop, before anything recursive touches it.
 */
export const writtenCategories = (input: unknown): WrittenCategories => {
  const nodes: WrittenNode[] = [];
  let leaves = 0;
  const pending: { path: string; value: unknown; level: number }[] = [];
  const enter = (parent: unknown, path: string, level: number): void => {
    const children = isJsonObject(parent) && Array.isArray(parent.categories) ? parent.categories : [];
    for (let index = children.length - 1; index >= 0; index -= 1) {
      pending.push({
        path: at(path === '' ? 'categories' : `${path}.categories`, index),
        value: children[index],
        level,
      });
    }
  };
  enter(input, '', 1);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { path, value, level } = next;
    if (level > MAX_LEVELS) return { fault: { path, code: 'TOO_LARGE', params: { of: 'depth', limit: MAX_LEVELS } } };
    if (!isJsonObject(value)) continue;
    const isGroup = isWrittenGroup(value);
    nodes.push({ path, written: value, isGroup });
    if (!isGroup) leaves += 1;
    if (leaves > MAX_LEAVES) return { fault: { path: 'categories', code: 'TOO_MANY', params: { limit: MAX_LEAVES } } };
    enter(value, path, level + 1);
  }
  return { nodes };
};
