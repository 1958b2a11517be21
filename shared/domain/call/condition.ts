import * as z from 'zod';
import { Key } from '#shared/domain/form/key.ts';

/** A rule in CEL, without `matches`: parsed, type-checked and bounded when the call is written. */
const Expression = z.string().min(1).max(1_000);

/**
 * 申报条件. `gate` refuses who does not meet it; `priority` never does: it is shown to the reviewer (优先, 同等条件下优先). What decides it is one of
 * `rule` (read from the unit's record, the answers, the submission, the call), `declare` (the applicant says so, under this key of the answers) and
 * `material` (a file answers that material); without any of them it is only shown.
 */
export const Condition = z.strictObject({
  text: z.string().min(1).max(500),
  effect: z.enum(['gate', 'priority']),
  rule: Expression.optional(),
  declare: Key.optional(),
  material: Key.optional(),
  /** What an applicant is told who does not meet it; default: that `text` is not met. */
  message: z.string().min(1).max(300).optional(),
  clause: z.string().max(200).optional(),
});
export type Condition = z.output<typeof Condition>;
