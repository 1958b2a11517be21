import * as z from 'zod';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { categoriesInUse } from '#shared/data/categories-in-use.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { submissionsRepository } from '#shared/data/submissions-repository.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { annexStore } from '#shared/storage/annexes.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { publishCall } from './publish-call.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  HISTORY_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  TALLIES_TABLE: z.string(),
  SUBMISSIONS_TABLE: z.string(),
  ANNEXES_BUCKET: z.string(),
});
const db = documentClient();
const repositories = {
  tallies: talliesRepository(db, env.TALLIES_TABLE),
  submissions: submissionsRepository(db, env.SUBMISSIONS_TABLE),
};

export const handler = publishCall({
  calls: callsRepository(db, env.CALLS_TABLE),
  changes: callChanges(db, { calls: env.CALLS_TABLE, history: env.HISTORY_TABLE }),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  annexes: annexStore(s3Client(), env.ANNEXES_BUCKET),
  categoriesInUse: (callId, codes) => categoriesInUse(repositories, callId, codes),
});
