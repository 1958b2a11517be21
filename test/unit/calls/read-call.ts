import { readFileSync } from 'node:fs';
import { categoryPlaces, findCategory } from '#shared/domain/call/category-tree.ts';
import { CallDefinition, type Category, type CallDefinition as Definition } from '#shared/domain/call/definition.ts';
import { parseYaml } from '#shared/domain/call/parse-yaml.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';

export const CALLS_FOLDER = new URL('../../../shared/calls/', import.meta.url);

/** A notice of this repository as its YAML writes it, read as a save reads it. */
export const writtenCall = (callId: string): unknown =>
  parseYaml(readFileSync(new URL(`${callId}/call.yaml`, CALLS_FOLDER), 'utf8'));

export const readCall = (callId: string): Definition => CallDefinition.parse(writtenCall(callId));

/** Categories that can be applied to, in the order of the notice. */
export const leavesOf = (call: Definition): readonly Category[] =>
  categoryPlaces(call.categories).map(({ category }) => category);

export const leafOf = (call: Definition, code: string): Category => {
  const place = findCategory(call.categories, code);
  if (place === undefined) throw new Error(`no category ${code}`);
  return place.category;
};

export const formOf = (call: Definition, key: string): FormDefinition => {
  const form = call.forms[key];
  if (form === undefined) throw new Error(`no form ${key}`);
  return form;
};
