import * as z from 'zod';
import { callChanges } from '#shared/data/call-changes.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { saveCall } from './save-call.ts';

const env = environment({ CALLS_TABLE: z.string(), HISTORY_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string() });
const db = documentClient();

export const handler = saveCall({
  calls: callsRepository(db, env.CALLS_TABLE),
  changes: callChanges(db, { calls: env.CALLS_TABLE, history: env.HISTORY_TABLE }),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
});
