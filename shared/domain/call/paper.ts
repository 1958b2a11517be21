import * as z from 'zod';
import { Moment } from '#shared/contract/primitives.ts';

/**
 * 纸质件. `closes` is the paper's own deadline, `closes` of the call being that of what is handed in here; `afterFormalCheck`: to be sent only once the
 * formal check (形式审查) is passed.
 */
export const Paper = z.strictObject({
  copies: z.int().min(1).max(20),
  text: z.string().max(1_000).optional(),
  closes: Moment.optional(),
  place: z.string().min(1).max(200).optional(),
  afterFormalCheck: z.boolean().default(false),
  clause: z.string().max(200).optional(),
});
export type Paper = z.output<typeof Paper>;
