import * as z from 'zod';

const Failures = z.object({
  batchItemFailures: z
    .array(z.object({ itemIdentifier: z.string().min(1) }))
    .nullish()
    .transform((failures) => failures ?? []),
});

/** What became of a batch: which of it failed, by its position, or all of it. */
export type BatchOutcome = { kind: 'done' } | { kind: 'partly'; failed: readonly number[] } | { kind: 'failed' };

/**
 * Reads a function's answer to a batch. An identifier that is not of the batch, or an answer of another shape, fails the whole of it.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html#services-sqs-batchfailurereporting
 * @param identifiers of the batch, in its order
 */
export const readOutcome = (answer: unknown, identifiers: readonly string[]): BatchOutcome => {
  if (answer === null || answer === undefined) return { kind: 'done' };
  const parsed = Failures.partial().safeParse(answer);
  if (!parsed.success) return { kind: 'failed' };
  const { batchItemFailures = [] } = parsed.data;
  if (batchItemFailures.length === 0) return { kind: 'done' };
  const failed = batchItemFailures.map(({ itemIdentifier }) => identifiers.indexOf(itemIdentifier));
  return failed.includes(-1) ? { kind: 'failed' } : { kind: 'partly', failed };
};
