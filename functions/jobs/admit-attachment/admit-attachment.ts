import * as z from 'zod';
import { job } from '#shared/runtime/job.ts';
import { log } from '#shared/runtime/log.ts';
import { parseAttachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { AttachmentObjects } from '#shared/storage/attachment-objects.ts';
import { type ArrivalPorts, settleArrival } from '#shared/storage/settle-arrival.ts';

export interface Dependencies extends ArrivalPorts {
  readonly objects: Pick<AttachmentObjects, 'inspect' | 'removeVersion'>;
}

/** EventBridge's `Object Created` of a versioned bucket. */
const ObjectCreated = z.object({
  detail: z.object({ object: z.object({ key: z.string(), 'version-id': z.string().min(1) }) }),
});

/** Proves an object that arrived against its announcement. Every object that does not count (surplus, refused, of nothing announced) is removed. */
export const admitAttachment = (dependencies: Dependencies) =>
  job('admitAttachment', async (event) => {
    const { key, 'version-id': versionId } = ObjectCreated.parse(event).detail.object;
    const ids = parseAttachmentObjectKey(key);
    if (ids === undefined || (await settleArrival(dependencies, { ...ids, versionId })) !== 'surplus') return;
    await dependencies.objects.removeVersion(key, versionId);
    log.info('OBJECT_REMOVED', ids);
  });
