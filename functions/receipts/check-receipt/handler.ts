import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { sealRecords } from '#shared/data/seal-records.ts';
import { environment } from '#shared/runtime/environment.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { sealObjects } from '#shared/storage/seal-objects.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { checkReceipt } from './check-receipt.ts';

const env = environment({ CALLS_TABLE: z.string(), RECEIPTS_TABLE: z.string(), SEALS_BUCKET: z.string() });
const db = documentClient();

export const handler = checkReceipt({
  receipts: receiptsRepository(db, env.RECEIPTS_TABLE),
  seals: sealRecords(db, env.CALLS_TABLE),
  rosters: sealedRosters(sealObjects(s3Client(), env.SEALS_BUCKET)),
});
