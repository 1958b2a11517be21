import * as z from 'zod';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { createExport } from './create-export.ts';

const env = environment({
  CALLS_TABLE: z.string(),
  MEMBERSHIPS_TABLE: z.string(),
  EXPORTS_TABLE: z.string(),
  IDEMPOTENCY_TABLE: z.string(),
});
const db = documentClient();

export const handler = createExport({
  calls: callsRepository(db, env.CALLS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  exports: exportsRepository(db, env.EXPORTS_TABLE),
  idempotency: idempotencyRepository(db, env.IDEMPOTENCY_TABLE),
  newExportId: generateId,
});
