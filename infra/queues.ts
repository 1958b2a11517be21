/** What tells one queue from another; what they share is in constructs/work-queue.ts. */
export interface QueueSchema {
  /**
   * Seconds that a message handed to a job is kept from others: no less than the job's time-out, or Lambda refuses the mapping.
   * Lambda advises six times as much, for invocations that it has to throttle: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
   */
  readonly visibilitySeconds: number;
  /** How often a message is handed out before it goes to the dead letters. */
  readonly maxReceives: number;
}

/**
 * The queues. Each is fed by grants in access.ts and has one job of jobs.ts that takes from it. Lambda asks each of them some 650,000 times a month whether there is anything, USD 0.26 with
 * nothing in it: mail and webhooks share one, and what can be told by a table's stream, which Lambda reads for nothing, has none.
 */
export const QUEUES = {
  // Ten receipts: what callWebhook's pauses are made for, and an hour for mail.
  messages: { visibilitySeconds: 6 * 60, maxReceives: 10 },
} as const satisfies Record<string, QueueSchema>;

export type QueueName = keyof typeof QUEUES;
