import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { sealRecords } from '#shared/data/seal-records.ts';
import { environment } from '#shared/runtime/environment.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { sealObjects } from '#shared/storage/seal-objects.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { getSealRoster } from './get-seal-roster.ts';

const env = environment({ CALLS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string(), SEALS_BUCKET: z.string() });
const db = documentClient();
const s3 = s3Client();

export const handler = getSealRoster({
  calls: callsRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  seals: sealRecords(db, env.CALLS_TABLE),
  rosters: sealedRosters(sealObjects(s3, env.SEALS_BUCKET)),
  downloads: downloadPresigner(s3, env.SEALS_BUCKET),
});
