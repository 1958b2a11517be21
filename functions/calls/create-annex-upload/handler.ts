import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { uploadPresigner } from '#shared/storage/presigned-upload.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { createAnnexUpload } from './create-annex-upload.ts';

const env = environment({ CALLS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string(), ANNEXES_BUCKET: z.string() });
const db = documentClient();

export const handler = createAnnexUpload({
  calls: callsRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  uploads: uploadPresigner(s3Client(), env.ANNEXES_BUCKET),
});
