import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { sealsRepository } from '#shared/data/seals-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { kmsClient } from '#shared/signing/kms-client.ts';
import { kmsSigner } from '#shared/signing/signer.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { sealObjects } from '#shared/storage/seal-objects.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { sealCalls } from './seal-calls.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  RECEIPTS_TABLE: z.string(),
  SEALS_BUCKET: z.string(),
  SIGNING_KEY: z.string(),
});
const db = documentClient();
const objects = sealObjects(s3Client(), env.SEALS_BUCKET);

export const handler = sealCalls({
  calls: callsRepository(db, env.CALLS_TABLE),
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  receipts: receiptsRepository(db, env.RECEIPTS_TABLE),
  seals: sealsRepository(db, { calls: env.CALLS_TABLE, history: env.HISTORY_TABLE }),
  objects,
  rosters: sealedRosters(objects),
  signer: kmsSigner(kmsClient(), env.SIGNING_KEY),
  now: Date.now,
});
