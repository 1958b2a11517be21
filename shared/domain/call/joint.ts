import * as z from 'zod';

const words = { text: z.string().max(500).optional(), clause: z.string().max(200).optional() };

/** 联合申报: whether several units may apply together, whether one is named as lead (牵头单位), whether it uses up the partners' own limits. */
export const Joint = z.discriminatedUnion('allowed', [
  z.strictObject({ allowed: z.literal(false), ...words }),
  z.strictObject({
    allowed: z.literal(true),
    leadNamed: z.boolean().default(true),
    partnersCount: z.boolean().default(false),
    ...words,
  }),
]);
