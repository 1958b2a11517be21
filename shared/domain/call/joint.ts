import * as z from 'zod';
import { UnitKind } from './unit-kind.ts';

const words = { text: z.string().max(500).optional(), clause: z.string().max(200).optional() };

/**
 * Units besides the lead that one submission can name; each is an item of its own in the submit's transaction. As many may be named where a notice sets no
 * number: it would be ours, not the notice's, that refuses the next.
 */
export const MOST_PARTNERS = 10;

/**
 * 联合申报: whether several units may apply together, whether one is named as lead (牵头单位), how many besides it and of which kinds (any where none is
 * named), whether it uses up the partners' own limits.
 */
export const Joint = z.discriminatedUnion('allowed', [
  z.strictObject({ allowed: z.literal(false), ...words }),
  z.strictObject({
    allowed: z.literal(true),
    leadNamed: z.boolean().default(true),
    minPartners: z.int().min(0).max(MOST_PARTNERS).default(0),
    maxPartners: z.int().min(1).max(MOST_PARTNERS).default(MOST_PARTNERS),
    partners: z.array(UnitKind).min(1).max(30).optional(),
    partnersCount: z.boolean().default(false),
    ...words,
  }),
]);
export type Joint = z.output<typeof Joint>;
