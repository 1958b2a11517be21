import * as z from 'zod';

const text = z.string().min(1).max(1_000);

/** 应完成以下内容: a sentence, or one with the records it is believed by and what holds without them (无……记录的视为未开展活动). */
export const Deliverable = z.union([
  text,
  z.strictObject({
    text,
    evidence: z.strictObject({ needed: z.string().min(1).max(300), without: z.string().min(1).max(200) }).optional(),
    clause: z.string().max(200).optional(),
  }),
]);
export type Deliverable = z.output<typeof Deliverable>;

export const deliverableText = (deliverable: Deliverable): string =>
  typeof deliverable === 'string' ? deliverable : deliverable.text;
