import * as z from 'zod';
import { EXPORT_FAILURES, ExportFormat } from '#shared/contract/exports.ts';
import { SubmissionStatus } from '#shared/contract/submission-states.ts';
import type { Export, ExportedPart } from '#shared/domain/export/export.ts';
import { parseItem } from './parse-item.ts';

export const exportKey = (exportId: string) => ({ exportId });
export const partKey = (exportId: string, part: number) => ({
  exportId: `${exportId}#${String(part).padStart(4, '0')}`,
});

/** The next thing to do for an export: to divide an archive (without `part`), or to write one part; what is no archive has part 1 alone. */
const ExportStep = z.object({ exportId: z.string(), part: z.int().min(1).optional() });
export type ExportStep = z.output<typeof ExportStep>;

const stepKey = ({ exportId, part = 0 }: ExportStep) => ({
  exportId: `${exportId}#step#${String(part).padStart(4, '0')}`,
});

/** A step's item is what tells the job of it: the table's stream has each new one. `runs`: how often it was begun. */
const StepItem = z.object({ exportId: z.string(), step: ExportStep });

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

export const stepItem = (step: ExportStep, { expiresAt }: Pick<Export, 'expiresAt'>) => ({
  ...stepKey(step),
  step,
  runs: 0,
  expiresAt: epochSecond(expiresAt),
});

/** A step, and the key that its runs are counted by. */
export interface ToldStep {
  readonly step: ExportStep;
  readonly key: { readonly exportId: string };
}

/** Undefined for an export or a part, which lie in the same table. */
export const stepIn = (item: unknown): ToldStep | undefined => {
  const { data } = StepItem.safeParse(item);
  return data && { step: data.step, key: { exportId: data.exportId } };
};

export const parsePart = (item: unknown): ExportedPart => parseItem('part of an export', PartItem, item);
