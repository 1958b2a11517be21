import * as z from 'zod';
import { CallId, Instant, Version } from '#shared/contract/primitives.ts';
import { CallHead, CallWindow } from '#shared/domain/call/call-head.ts';
import { drainedAt } from '#shared/domain/call/closing.ts';
import type { CallDefinitionWithoutForms } from '#shared/domain/call/definition.ts';
import { at, type Fault } from '#shared/domain/fault.ts';
import type { FormDefinition } from '#shared/domain/form/definition.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { pack, unpack } from './packed-json.ts';
import { parseItem } from './parse-item.ts';

/** A saved version: immutable from the moment it is written. The window is kept as computed, so that only saving needs the time zones. */
export interface CallVersion {
  readonly callId: string;
  readonly version: number;
  readonly savedAt: string;
  readonly savedBy: string;
  readonly window: CallWindow;
  readonly formKeys: readonly string[];
  readonly definition: CallDefinitionWithoutForms;
}

/** Constant partition keys of the two sparse indexes on heads. */
export const PUBLISHED = 'published';
export const DUE = 'close';

export const headKey = (callId: string) => ({ callId, item: 'head' });
export const versionKey = (callId: string, version: number) => ({
  callId,
  item: `version#${String(version).padStart(5, '0')}`,
});
export const formKey = (callId: string, version: number, form: string) => ({
  callId,
  item: `${versionKey(callId, version).item}#form#${form}`,
});

export const parseHead = (item: unknown): CallHead => parseItem('call head', CallHead, item);

/** A head with the attributes of its indexes: listed while published, due while published and its close not recorded. */
export const headItem = (head: CallHead) => ({
  ...headKey(head.callId),
  ...head,
  ...(head.publishedVersion === undefined ? {} : { published: PUBLISHED }),
  ...(head.publishedVersion === undefined || head.closing !== undefined
    ? {}
    : { due: DUE, dueAt: toInstant(drainedAt(head)) }),
});

const VersionItem = z.object({
  callId: CallId,
  version: Version,
  savedAt: Instant,
  savedBy: z.string(),
  window: CallWindow,
  formKeys: z.array(z.string()),
  definition: z.instanceof(Uint8Array),
});

export const versionItem = (version: CallVersion) => ({
  ...version,
  ...versionKey(version.callId, version.version),
  definition: pack(version.definition),
});

// The language of definitions is most of what zod builds at a cold start, and immutable versions are read once per instance: it is loaded when one is.

export const parseVersion = async (item: unknown): Promise<CallVersion> => {
  const { CallDefinitionWithoutForms } = await import('#shared/domain/call/definition.ts');
  const { definition, ...rest } = parseItem('call version', VersionItem, item);
  return { ...rest, definition: parseItem('call definition', CallDefinitionWithoutForms, unpack(definition)) };
};

/** An item takes 400 KB; the rest is left for keys and the version's other attributes. */
const MOST_PACKED_BYTES = 380 * 1024;

/** Parts of a definition that no item can hold. */
export const tooLargeToStore = (
  definition: CallDefinitionWithoutForms,
  forms: Readonly<Record<string, FormDefinition>>,
): Fault[] =>
  [
    { path: '', bytes: pack(definition).length },
    ...Object.entries(forms).map(([key, form]) => ({ path: at('forms', key), bytes: pack(form).length })),
  ].flatMap(({ path, bytes }): Fault[] =>
    bytes > MOST_PACKED_BYTES ? [{ path, code: 'TOO_LARGE', params: { limit: MOST_PACKED_BYTES } }] : [],
  );

const FormItem = z.object({ form: z.instanceof(Uint8Array) });

export const formItem = (callId: string, version: number, key: string, form: FormDefinition) => ({
  ...formKey(callId, version, key),
  form: pack(form),
});

export const parseForm = async (item: unknown): Promise<FormDefinition> => {
  const { FormDefinition } = await import('#shared/domain/form/definition.ts');
  return parseItem('form', FormDefinition, unpack(parseItem('form item', FormItem, item).form));
};
