/** What tells one queue from another; what they share is in constructs/work-queue.ts. */
export interface QueueSchema {
  /**
   * Seconds that a message handed to a job is kept from others: no less than the job's time-out, or Lambda refuses the mapping.
   * Lambda advises six times as much, for invocations that it has to throttle: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  readonly visibilitySeconds: number;
  /** How often a message is handed out before it goes to the queue's dead letters. */
  readonly maxReceives: number;
}

/** The queues. Each is fed by grants in access.ts, has one job of jobs.ts that takes from it, and dead letters of its own. */
export const QUEUES = {
  mail: { visibilitySeconds: 6 * 60, maxReceives: 5 },
  webhook: { visibilitySeconds: 6 * 60, maxReceives: 10 },
  // An export may take a function's whole 15 minutes; six times that would keep who waits for it from a second attempt for hours.
  // It is run three times at most; the fourth receipt only notes that it failed (functions/jobs/run-export).
  exports: { visibilitySeconds: 16 * 60, maxReceives: 4 },
} as const satisfies Record<string, QueueSchema>;

export type QueueName = keyof typeof QUEUES;
