import type * as z from 'zod';
import type { createExport, ExportFailure } from '#shared/contract/exports.ts';
import { type Export, failureOf, partCount, stateOf } from './export.ts';

/** An export as the API shows it, all but its files. `now` in ms; `inWords` puts why it failed into the reader's words. */
export const presentExport = (
  one: Export,
  now: number,
  inWords: (failure: ExportFailure) => string,
): z.input<typeof createExport.reply> => {
  const failure = failureOf(one, now);
  const parts = partCount(one);
  return {
    exportId: one.exportId,
    callId: one.callId,
    format: one.format,
    ...(one.category === undefined ? {} : { category: one.category }),
    status: one.status,
    state: stateOf(one, now),
    ...(failure === undefined ? {} : { reason: inWords(failure) }),
    progress: { done: one.done, ...(one.of === undefined ? {} : { of: one.of }) },
    ...(parts === undefined ? {} : { partCount: parts }),
    createdAt: one.createdAt,
    expiresAt: one.expiresAt,
  };
};
