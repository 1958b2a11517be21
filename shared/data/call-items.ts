import * as z from 'zod';
import { CallId, Instant, Version } from '#shared/contract/primitives.ts';
import { CallHead, CallWindow } from '#shared/domain/call/call-head.ts';
import { headDueAt } from '#shared/domain/timeline/due.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { ContentReference } from './call-parts.ts';
import { parseItem } from './parse-item.ts';

/** Constant partition keys of the two sparse indexes on heads. */
export const PUBLISHED = 'published';
export const DUE = 'timeline';

export const headKey = (callId: string) => ({ callId, item: 'head' });
export const versionKey = (callId: string, version: number) => ({
  callId,
  item: `version#${String(version).padStart(5, '0')}`,
});

export const parseHead = (item: unknown): CallHead => parseItem('call head', CallHead, item);

/** A head with the attributes of its indexes: listed while published, due while its timeline has something to come. */
export const headItem = (head: CallHead) => {
  const dueAt = headDueAt(head);
  return {
    ...headKey(head.callId),
    ...head,
    ...(head.publishedVersion === undefined ? {} : { published: PUBLISHED }),
    ...(dueAt === undefined ? {} : { due: DUE, dueAt: toInstant(dueAt) }),
  };
};

/**
 * A saved version: immutable from the moment it is written. What it says is stored apart, under the digests of `content`. The window is kept as computed, so
 * that only saving needs the time zones.
 */
const CallVersion = z.object({
  callId: CallId,
  version: Version,
  savedAt: Instant,
  savedBy: z.string(),
  window: CallWindow,
  content: ContentReference,
});
export type CallVersion = Readonly<z.output<typeof CallVersion>>;

/** Only the references of the content: its parts are items of their own. */
export const versionItem = ({ content: { digest, forms }, ...version }: CallVersion) => ({
  ...version,
  ...versionKey(version.callId, version.version),
  content: { digest, forms },
});

export const parseVersion = (item: unknown): CallVersion => parseItem('call version', CallVersion, item);
