import { PutObjectCommand } from '@aws-sdk/client-s3';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { newExport } from '#shared/domain/export/export.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { exportPartKey } from '#shared/storage/export-keys.ts';
import { CALLS, EXPORTS } from './world-ids.ts';
import type { Stores } from './world-stores.ts';

const ORGANISER = 'changde-kexie';

/** Makes an export that is done. `now` in ms. */
export const addDoneExport = async (
  stores: Stores,
  of: { exportId: string; callId: string; organiser: string },
  now: number,
): Promise<void> => {
  const exports = exportsRepository(stores.db, stores.tables.exports);
  const one = newExport({ ...of, format: 'csv', status: 'submitted' }, now);
  const bytes = Buffer.from('\ufeff"回执编号"\r\n');
  await stores.s3.send(
    new PutObjectCommand({ Bucket: stores.buckets.exports, Key: exportPartKey(one.exportId, 1), Body: bytes }),
  );
  await exports.createWith(one, []);
  const part = { part: 1, filename: '申报数据.csv', size: bytes.length, submissions: 0 };
  await exports.finishPartOnce(one, part, { looked: 0, at: toInstant(now) });
};

/** Makes the export that is done. `now` in ms. */
export const addExports = (stores: Stores, now: number): Promise<void> =>
  addDoneExport(stores, { exportId: EXPORTS.ready, callId: CALLS.open, organiser: ORGANISER }, now);
