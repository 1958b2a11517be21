import { categoryOfVersion, type WholeDefinitions } from '#shared/data/category-rules.ts';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { categoryPlaces } from '#shared/domain/call/category-tree.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { VersionedForm } from '#shared/domain/export/columns.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';

/** The version in force says what the call is; the newest one does while none is. */
const currentVersion = (head: CallHead): number => head.publishedVersion ?? head.latestVersion;

/** What the current version says. */
export const currentDefinition = async (
  definitions: WholeDefinitions,
  head: CallHead,
): Promise<CallDefinitionWithoutForms> => {
  const version = await definitions.version(head.callId, currentVersion(head));
  if (version === undefined) throw new Error(`Call ${head.callId} has no version ${currentVersion(head)}`);
  return definitions.definition(head.callId, version.content.digest);
};

/** Titles of all categories by code, in the order of the notice. */
export const categoryTitles = ({ categories }: CallDefinitionWithoutForms): ReadonlyMap<string, string> =>
  new Map(categoryPlaces(categories).map(({ category }) => [category.code, category.title]));

/** What a version asks in a category; undefined where it has no such category. */
const formOf = async (
  definitions: WholeDefinitions,
  callId: string,
  version: number,
  code: string,
): Promise<FormDefinition | undefined> => {
  try {
    return (await categoryOfVersion(definitions, callId, version, code)).form;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};

/** The forms of a category in these versions and in the current one. */
export const formsOf = async (
  definitions: WholeDefinitions,
  head: CallHead,
  code: string,
  versions: ReadonlySet<number>,
): Promise<VersionedForm[]> => {
  const forms: VersionedForm[] = [];
  for (const version of new Set([...versions, currentVersion(head)])) {
    const form = await formOf(definitions, head.callId, version, code);
    if (form !== undefined) forms.push({ version, form });
  }
  return forms;
};
