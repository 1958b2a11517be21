import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { getCallVersion } from './get-call-version.ts';

const { CALLS_TABLE, MEMBERSHIPS_TABLE } = environment({ CALLS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string() });
const db = documentClient();

export const handler = getCallVersion({
  calls: callsRepository(db, CALLS_TABLE),
  memberships: membershipsRepository(db, MEMBERSHIPS_TABLE),
});
