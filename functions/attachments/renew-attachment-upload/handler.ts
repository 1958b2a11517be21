import * as z from 'zod';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { applicantSituationsFrom } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { uploadPresigner } from '#shared/storage/presigned-upload.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { renewAttachmentUpload } from './renew-attachment-upload.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();

export const handler = renewAttachmentUpload({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  situations: applicantSituationsFrom(db, env),
  attachments: attachmentsRepository(db, env.SUBMISSIONS_TABLE),
  uploads: uploadPresigner(s3Client(), env.ATTACHMENTS_BUCKET),
});
