import * as z from 'zod';

const words = { text: z.string().min(1).max(500).optional(), clause: z.string().max(200).optional() };

/**
 * What a unit's past means for this call. A sanction in force always bars, with or without these words; overdue obligations of earlier projects
 * (上年度项目未完成、未交总结报告) bar where `overdue` is written.
 */
export const History = z.strictObject({
  sanctioned: z.strictObject(words).optional(),
  overdue: z.strictObject(words).optional(),
});
export type History = z.output<typeof History>;
