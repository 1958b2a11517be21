import * as z from 'zod';
import { documentClient } from '#shared/data/document-client.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { membershipsRepository } from '#shared/data/memberships-repository.ts';
import { environment } from '#shared/runtime/environment.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import { getExport } from './get-export.ts';

const env = environment({ EXPORTS_TABLE: z.string(), MEMBERSHIPS_TABLE: z.string(), EXPORTS_BUCKET: z.string() });
const db = documentClient();

export const handler = getExport({
  exports: exportsRepository(db, env.EXPORTS_TABLE),
  memberships: membershipsRepository(db, env.MEMBERSHIPS_TABLE),
  downloads: downloadPresigner(s3Client(), env.EXPORTS_BUCKET),
});
