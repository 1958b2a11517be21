import * as z from 'zod';
import { Sha256 } from '#shared/contract/primitives.ts';
import type { CategoryRecord } from '#shared/domain/call/category-record.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import type { Sized } from './bounded-cache.ts';
import { unpackText } from './packed-json.ts';
import { parseItem } from './parse-item.ts';

/** What a version says, by digests: of the whole definition, and of each form in the order of the definition. */
export const ContentReference = z.object({
  digest: Sha256,
  forms: z.array(z.object({ key: z.string(), digest: Sha256 })).readonly(),
});
export type ContentReference = z.output<typeof ContentReference>;

/** A part of what a version says, as it is stored. What lies under a key never changes: keys are made of digests. */
export interface CallPart {
  readonly item: string;
  /** JSON, as `packText` packs it. */
  readonly packed: Uint8Array;
}

/** Sort keys, in the partition of the call. */
export const definitionPart = (content: string): string => `definition#${content}`;
export const categoryPart = (content: string, code: string): string => `${definitionPart(content)}#category#${code}`;
export const formPart = (digest: string): string => `form#${digest}`;

const PartItem = z.object({ packed: z.instanceof(Uint8Array) });

const readPart = <Schema extends z.ZodType>(kind: string, schema: Schema, item: unknown): Sized<z.output<Schema>> => {
  const json = unpackText(parseItem(`part of a call, ${kind}`, PartItem, item).packed);
  return { value: parseItem(kind, schema, JSON.parse(json)), size: json.length };
};

// The language of definitions is most of what zod builds at a cold start, and immutable parts are read once per instance: it is loaded when one is.

export const parseDefinition = async (item: unknown): Promise<Sized<CallDefinitionWithoutForms>> => {
  const { CallDefinitionWithoutForms } = await import('#shared/domain/call/definition.ts');
  return readPart('call definition', CallDefinitionWithoutForms, item);
};

export const parseCategory = async (item: unknown): Promise<Sized<CategoryRecord>> => {
  const { CategoryRecord } = await import('#shared/domain/call/category-record.ts');
  return readPart('category', CategoryRecord, item);
};

export const parseForm = async (item: unknown): Promise<Sized<FormDefinition>> => {
  const { FormDefinition } = await import('#shared/domain/form/definition.ts');
  return readPart('form', FormDefinition, item);
};
