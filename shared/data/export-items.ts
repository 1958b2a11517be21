import * as z from 'zod';
import { EXPORT_FAILURES, ExportFormat } from '#shared/contract/exports.ts';
import { SubmissionStatus } from '#shared/contract/submission-states.ts';
import type { Export, ExportedPart } from '#shared/domain/export/export.ts';
import { parseItem } from './parse-item.ts';

export const exportKey = (exportId: string) => ({ exportId });
export const partKey = (exportId: string, part: number) => ({
  exportId: `${exportId}#${String(part).padStart(4, '0')}`,
});

/** `expiresAt` is what the table's TTL reads, an epoch second. */
const ExportItem = z
  .object({
    exportId: z.string(),
    callId: z.string(),
    organiser: z.string(),
    format: ExportFormat,
    category: z.string().optional(),
    status: SubmissionStatus,
    createdAt: z.string(),
    expiresAt: z.int(),
    touchedAt: z.string(),
    startedAt: z.string().optional(),
    plan: z.object({ planId: z.string(), parts: z.int() }).optional(),
    partsDone: z.int(),
    done: z.int(),
    of: z.int().optional(),
    failure: z.enum(EXPORT_FAILURES).optional(),
  })
  .transform(({ expiresAt, ...item }): Export => ({ ...item, expiresAt: new Date(expiresAt * 1_000).toISOString() }));

const PartItem = z.object({
  part: z.int(),
  filename: z.string(),
  size: z.int(),
  submissions: z.int(),
});

const epochSecond = (instant: string): number => Math.floor(Date.parse(instant) / 1_000);

export const exportItem = ({ expiresAt, ...one }: Export) => ({ ...one, expiresAt: epochSecond(expiresAt) });

export const parseExport = (item: unknown): Export => parseItem('export', ExportItem, item);

export const partItem = ({ exportId, expiresAt }: Pick<Export, 'exportId' | 'expiresAt'>, part: ExportedPart) => ({
  ...partKey(exportId, part.part),
  ...part,
  expiresAt: epochSecond(expiresAt),
});

export const parsePart = (item: unknown): ExportedPart => parseItem('part of an export', PartItem, item);
