import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { exportedSubmissions } from '#shared/data/exported-submissions.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { sealRecords } from '#shared/data/seal-records.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { acceptanceNumbers } from '#shared/domain/seal/acceptance-numbers.ts';
import { environment } from '#shared/runtime/environment.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { exportFiles } from '#shared/storage/export-files.ts';
import { pinnedFiles } from '#shared/storage/pinned-files.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { sealObjects } from '#shared/storage/seal-objects.ts';
import { sealedRosters } from '#shared/storage/sealed-rosters.ts';
import { runExport } from './run-export.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  RECEIPTS_TABLE: z.string(),
  EXPORTS_TABLE: z.string(),
  ATTACHMENTS_BUCKET: z.string(),
  SEALS_BUCKET: z.string(),
  EXPORTS_BUCKET: z.string(),
});
const db = documentClient();
const s3 = s3Client();
const sealed = {
  seals: sealRecords(db, env.CALLS_TABLE),
  rosters: sealedRosters(sealObjects(s3, env.SEALS_BUCKET)),
};
const tables = { submissions: env.SUBMISSIONS_TABLE, organizations: env.ORGANIZATIONS_TABLE };

export const handler = runExport({
  calls: callsRepository(db, env.CALLS_TABLE),
  deadlines: deadlinesRepository(db, env.CALLS_TABLE),
  submissions: exportedSubmissions(db, tables, talliesRepository(db, env.TALLIES_TABLE)),
  receipts: receiptsRepository(db, env.RECEIPTS_TABLE),
  attachments: pinnedFiles(s3, env.ATTACHMENTS_BUCKET),
  exports: exportsRepository(db, env.EXPORTS_TABLE),
  files: exportFiles(s3, env.EXPORTS_BUCKET),
  acceptanceNos: async (callId) => {
    const numbers = new Map<string, number>();
    for await (const { receiptNo, acceptanceNo } of acceptanceNumbers(sealed, callId))
      numbers.set(receiptNo, acceptanceNo);
    return numbers;
  },
  newPlanId: generateId,
  now: Date.now,
});
