import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { environment } from '#shared/runtime/environment.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { getAnnex } from './get-annex.ts';

const env = environment({ CALLS_TABLE: z.string(), ANNEXES_BUCKET: z.string() });

export const handler = getAnnex({
  calls: callsRepository(documentClient(), env.CALLS_TABLE),
  downloads: downloadPresigner(s3Client(), env.ANNEXES_BUCKET),
});
