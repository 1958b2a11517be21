import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { receiptsRepository } from '#shared/data/receipts-repository.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getSubmissionReceipt } from './get-submission-receipt.ts';

const env = environment({ MEMBERSHIPS_TABLE: z.string(), SUBMISSIONS_TABLE: z.string(), RECEIPTS_TABLE: z.string() });
const db = documentClient();

export const handler = getSubmissionReceipt({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
  receipts: receiptsRepository(db, env.RECEIPTS_TABLE),
});
