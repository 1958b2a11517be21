import { createHash } from 'node:crypto';
import { CategoryRecord } from '#shared/domain/call/category-record.ts';
import { categoryPlaces } from '#shared/domain/call/category-tree.ts';
import type { CallDefinition } from '#shared/domain/call/definition.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import { type CallPart, type ContentReference, categoryPart, definitionPart, formPart } from './call-parts.ts';
import { packText } from './packed-json.ts';

/** All that a version says, in parts ready to be stored. */
export interface CallContent extends ContentReference {
  readonly parts: readonly CallPart[];
}

/** An item takes 400 KB; the rest is left for its key. */
const MOST_PACKED_BYTES = 380 * 1024;

/**
 * What all categories of a call may take, in characters of JSON: each repeats what call and groups ask, so 2 MB of definition could make hundreds of them.
 * 100 categories may have 80,000 each, where those of real notices have some 3,000.
 */
const MOST_OF_CATEGORIES = 8 * 1024 * 1024;

const tooLarge = (path: string, limit: number): Fault => ({ path, code: 'TOO_LARGE', params: { limit } });

const digestOf = (json: string): string => createHash('sha256').update(json).digest('hex');

const formParts = (forms: CallDefinition['forms']) =>
  Object.entries(forms).map(([key, form]) => {
    const json = JSON.stringify(form);
    return { key, json, digest: digestOf(json) };
  });

/** JSON by category code; undefined where it becomes too much. */
const categoryTexts = (
  definition: CallDefinition,
  formDigests: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> | undefined => {
  const texts = new Map<string, string>();
  let total = 0;
  for (const place of categoryPlaces(definition.categories)) {
    const form = formDigests.get(place.category.form);
    const json = JSON.stringify(CategoryRecord.parse({ call: definition, place, form }));
    total += json.length;
    if (total > MOST_OF_CATEGORIES) return undefined;
    texts.set(place.category.code, json);
  }
  return texts;
};

/**
 * Takes a checked definition apart into what is stored: itself without its forms, each form, and for each category all that a submit in it needs. A form's key is
 * the digest of its JSON, so categories and versions with the same form share it; what belongs to the definition lies under the digest of the whole.
 *
 * @returns faults where parts are too large to be stored
 */
export const takeApart = (
  definition: CallDefinition,
):
  | { readonly content: CallContent; readonly faults?: undefined }
  | { readonly content?: undefined; readonly faults: readonly Fault[] } => {
  const { forms: written, ...withoutForms } = definition;
  const forms = formParts(written);
  const categories = categoryTexts(definition, new Map(forms.map(({ key, digest }) => [key, digest])));
  if (categories === undefined) return { faults: [tooLarge('categories', MOST_OF_CATEGORIES)] };

  const digest = digestOf(JSON.stringify(definition));
  const parts = [
    { path: '', item: definitionPart(digest), json: JSON.stringify(withoutForms) },
    ...[...categories].map(([code, json]) => ({ path: 'categories', item: categoryPart(digest, code), json })),
    ...forms.map((form) => ({ path: at('forms', form.key), item: formPart(form.digest), json: form.json })),
  ].map(({ path, item, json }) => ({ path, item, packed: packText(json) }));
  const faults = parts.flatMap(({ path, packed }) =>
    packed.length > MOST_PACKED_BYTES ? tooLarge(path, MOST_PACKED_BYTES) : [],
  );
  if (faults.length > 0) return { faults };
  return {
    content: {
      digest,
      forms: forms.map(({ key, digest }) => ({ key, digest })),
      parts: parts.map(({ item, packed }) => ({ item, packed })),
    },
  };
};
