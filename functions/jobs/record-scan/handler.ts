import * as z from 'zod';
import { attachmentsRepository } from '#shared/data/attachments-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { scanFindings } from '#shared/data/scan-findings.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { attachmentInspector } from '#shared/storage/attachment-inspector.ts';
import { recordScan } from './record-scan.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
});
const db = documentClient();
const attachments = attachmentsRepository(db, env.SUBMISSIONS_TABLE);
const tables = { submissions: env.SUBMISSIONS_TABLE, history: env.HISTORY_TABLE };

export const handler = recordScan({
  attachments,
  verdicts: attachments,
  findings: scanFindings(db, tables),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  objects: attachmentInspector(env.ATTACHMENTS_BUCKET),
  now: Date.now,
});
