import type * as z from 'zod';
import type { SavedCall } from '#shared/contract/calls.ts';
import type { CallHead, CallWindow } from './call-head.ts';

/** What saving and publishing answer, all but the warnings, which are told in the reader's language. */
export const presentSavedCall = (
  head: CallHead,
  { version, window }: { version: number; window: CallWindow },
): Omit<z.input<typeof SavedCall>, 'warnings'> => ({
  callId: head.callId,
  version,
  published: version === head.publishedVersion,
  revision: head.revision,
  opensAt: window.opensAt,
  closesAt: window.closesAt,
  closesAtLocal: window.closesAtLocal,
  closesText: window.closesText,
});

/** The ETag of a call as a whole. */
export const callETag = (head: Pick<CallHead, 'revision'>): string => `"${head.revision}"`;
