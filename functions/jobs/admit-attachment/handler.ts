import * as z from 'zod';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { admitAttachment } from './admit-attachment.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();
const attachments = attachmentsRepository(db, env.SUBMISSIONS_TABLE);

export const handler = admitAttachment({
  attachments,
  verdicts: attachments,
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  objects: attachmentObjects(s3Client(), env.ATTACHMENTS_BUCKET),
  now: Date.now,
});
