import * as z from 'zod';
import { attachmentCollection } from '#shared/data/attachment-collection.ts';
import { attachmentRemoval } from '#shared/data/attachment-removal.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { collectUploads } from './collect-uploads.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();
const tables = { submissions: env.SUBMISSIONS_TABLE, history: env.HISTORY_TABLE };

export const handler = collectUploads({
  collection: attachmentCollection(db, tables),
  attachments: attachmentsRepository(db, env.SUBMISSIONS_TABLE),
  removal: attachmentRemoval(db, tables),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  objects: attachmentObjects(s3Client(), env.ATTACHMENTS_BUCKET),
  now: Date.now,
});
