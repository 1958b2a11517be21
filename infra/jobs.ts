import { every, type Feed, uploadsTo } from './feeds.ts';

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
    description: 'Records the close of calls whose deadline has passed',
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
  collectUploads: {
    description: 'Removes uploads that nothing uses',
    feed: every('collectUploadsMinutes'),
  },
} as const satisfies Record<string, Job>;

export type JobId = keyof typeof JOBS;
