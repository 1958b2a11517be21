import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import {
  CallDefinition,
  type CategoryNode,
  type CallDefinition as Definition,
  type Category as Leaf,
} from '#shared/domain/call/definition.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';

export const CALLS_FOLDER = new URL('../../../shared/calls/', import.meta.url);

/** A notice of this repository, as its YAML says and as the language reads it. */
export const readCall = (callId: string): Definition =>
  CallDefinition.parse(parse(readFileSync(new URL(`${callId}/call.yaml`, CALLS_FOLDER), 'utf8')));

/** Categories that can be applied to, in the order of the notice. */
export const leavesOf = (nodes: readonly CategoryNode[]): readonly Leaf[] =>
  nodes.flatMap((node) => ('categories' in node ? leavesOf(node.categories) : [node]));

export const leafOf = (call: Definition, code: string): Leaf => {
  const leaf = leavesOf(call.categories).find((category) => category.code === code);
  if (leaf === undefined) throw new Error(`no category ${code}`);
  return leaf;
};

export const formOf = (call: Definition, key: string): FormDefinition => {
  const form = call.forms[key];
  if (form === undefined) throw new Error(`no form ${key}`);
  return form;
};
