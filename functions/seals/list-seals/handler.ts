import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { sealRecords } from '#shared/data/seal-records.ts';
import { environment } from '#shared/runtime/environment.ts';
import { listSeals } from './list-seals.ts';

const env = environment({ CALLS_TABLE: z.string() });
const db = documentClient();

export const handler = listSeals({
  calls: callsRepository(db, env.CALLS_TABLE),
  seals: sealRecords(db, env.CALLS_TABLE),
});
