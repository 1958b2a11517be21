import * as z from 'zod';
import { ExportId } from '#shared/contract/primitives.ts';

/** One step of an export: to divide an archive (without `part`), or to write one part; what is no archive has part 1 alone. */
export const ExportMessage = z.object({ exportId: ExportId, part: z.int().min(1).optional() });
export type ExportMessage = z.output<typeof ExportMessage>;
