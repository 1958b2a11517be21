import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { organizationsRepository } from '#shared/data/organizations-repository.ts';
import { signedReceiptsRepository } from '#shared/data/signed-receipts-repository.ts';
import { standingRepository } from '#shared/data/standing-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { kmsClient } from '#shared/signing/kms-client.ts';
import { kmsSigner } from '#shared/signing/signer.ts';
import { getSubmissionReceipt } from './get-submission-receipt.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  ORGANIZATIONS_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  RECEIPTS_TABLE: z.string(),
  SIGNING_KEY: z.string(),
});
const db = documentClient();

export const handler = getSubmissionReceipt({
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
  standings: standingRepository(db, env.MEMBERSHIPS_TABLE),
  receipts: signedReceiptsRepository(db, env.RECEIPTS_TABLE),
  signer: kmsSigner(kmsClient(), env.SIGNING_KEY),
  calls: callsRepository(db, env.CALLS_TABLE),
  organizations: organizationsRepository(db, env.ORGANIZATIONS_TABLE),
});
