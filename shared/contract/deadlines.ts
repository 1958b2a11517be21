import * as z from 'zod';
import { Instant, ZonedInstant } from './primitives.ts';

/** The first instant that is too late: received before it is in time. */
export const Deadline = z.object({
  closesAt: Instant,
  closesAtLocal: ZonedInstant,
  closesText: z.string().meta({
    description: 'In words, with the zone',
    examples: ['2022年3月31日24:00（Asia/Shanghai）'],
  }),
});

export const DeadlineOwner = z.enum(['call', 'category', 'unit', 'unitInCategory']);

/** The deadline that holds for one unit in one category: the latest of all that apply to it. */
export const DeadlineInForce = Deadline.extend({
  owner: DeadlineOwner.meta({ description: "Whose it is: the call's own, or one granted more narrowly" }),
}).meta({ id: 'DeadlineInForce' });
