import { every, type Feed, messagesOf, newItemsOf, scansOf, uploadsTo } from './feeds.ts';

/** A function that no request starts; its rights are in access.ts. */
export interface Job {
  readonly description: string;
  /** What starts it. */
  readonly feed: Feed;
  /** Default 60 s: nobody waits for it, and a tick has a minute. At most 900. */
  readonly timeoutSeconds?: number;
  /** MB; the stage's without it. */
  readonly memorySize?: number;
  /** MB of /tmp, at most 10,240; Lambda's own 512 without it. */
  readonly scratchSize?: number;
}

/** What happens by itself, a line for each. Its folder is functions/jobs/ and its id in kebab case. */
export const JOBS = {
  advanceCalls: {
    description: 'Takes the timelines of calls to the present: opens, reminds, closes, begins to seal',
    feed: every('advanceCallsMinutes'),
  },
  sealCalls: {
    description: 'Seals calls whose last deadline has passed',
    feed: every('sealCallsMinutes'),
    timeoutSeconds: 900,
  },
  admitAttachment: {
    description: 'Proves an uploaded file and admits or refuses it',
    feed: uploadsTo('attachments'),
  },
  recordScan: {
    description: 'Keeps what a malware scan of an uploaded file has found',
    feed: scansOf('attachments', 'submissions/'),
  },
  collectUploads: {
    description: 'Removes uploads that nothing uses',
    feed: every('collectUploadsMinutes'),
    // Until nothing is due any more: a retention leaves thousands of drafts at once.
    timeoutSeconds: 600,
  },
  publishEvents: {
    description: 'Makes events of what the history has new, and hands them to mail, webhooks and the event bus',
    // Each event takes a few requests, ten events at once: 100 take seconds.
    feed: newItemsOf('history', { batchSize: 100 }),
  },
  deliverMessages: {
    description: 'Finds who is written to of an event and sends the mail; sends events to the webhooks of organisers',
    // Mails one after the other: 5 at a time are some 10 a second, below the 14 that SES starts an account with. Webhooks of a batch all at once, so that
    // one slow receiver keeps nobody waiting for more than its 5 s.
    feed: messagesOf('messages', { batchSize: 10, maxConcurrency: 5 }),
  },
  applyRetention: {
    description: 'Deletes what a call keeps no longer',
    feed: every('applyRetentionMinutes'),
    // Some 20 submissions a second, each with its files.
    timeoutSeconds: 600,
  },
  runExport: {
    description: "Writes an export of a call's submissions, or a part of one",
    // Two of a shard leave the account's other functions and the tables alone: the table is small, so it has four shards at most.
    feed: newItemsOf('exports', { batchSize: 1, atOnce: 2 }),
    timeoutSeconds: 900,
    // Some 300 MB are used whatever the number; the processor's share is what the time is spent on.
    memorySize: 1_769,
    // Rows, the file they become, and the largest submission an archive takes.
    scratchSize: 10_240,
  },
} as const satisfies Record<string, Job>;

export type JobId = keyof typeof JOBS;
