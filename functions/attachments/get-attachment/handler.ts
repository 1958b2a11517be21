import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { getAttachment } from './get-attachment.ts';

const env = environment({
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();

export const handler = getAttachment({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
  downloads: downloadPresigner(s3Client(), env.ATTACHMENTS_BUCKET),
});
