import * as z from 'zod';
import { attachmentRemoval } from '#shared/data/attachment-removal.ts';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { deleteAttachment } from './delete-attachment.ts';

const env = environment({ MEMBERSHIPS_TABLE: z.string(), SUBMISSIONS_TABLE: z.string(), HISTORY_TABLE: z.string() });
const db = documentClient();

export const handler = deleteAttachment({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
  attachments: attachmentsRepository(db, env.SUBMISSIONS_TABLE),
  removal: attachmentRemoval(db, { submissions: env.SUBMISSIONS_TABLE, history: env.HISTORY_TABLE }),
});
