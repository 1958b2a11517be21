import * as z from 'zod';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { applicantSituationsFrom } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { uploadPresigner } from '#shared/storage/presigned-upload.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { createAttachment } from './create-attachment.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  IDEMPOTENCY_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
  MALWARE_SCANNING: z.enum(['guardduty', 'none']),
});
const db = documentClient();

export const handler = createAttachment({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  situations: applicantSituationsFrom(db, env),
  definitions: callsRepository(db, env.CALLS_TABLE),
  attachments: attachmentsRepository(db, env.SUBMISSIONS_TABLE),
  idempotency: idempotencyRepository(db, env.IDEMPOTENCY_TABLE),
  uploads: uploadPresigner(s3Client(), env.ATTACHMENTS_BUCKET),
  newAttachmentId: generateId,
  scanned: env.MALWARE_SCANNING !== 'none',
});
