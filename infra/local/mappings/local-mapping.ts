import type { EventPattern } from '../events/event-pattern.ts';

interface Mapping {
  name: string;
  functionName: string;
  /** Records or messages handed over at once, at most. */
  batchSize: number;
  /** Whether the function's result tells which of a batch failed. */
  reportsFailures: boolean;
}

/** What hands a queue's messages to a function. */
export interface QueueMapping extends Mapping {
  kind: 'queue';
  queueName: string;
  /** Batches under way at the same time, at most. */
  concurrency: number;
}

/** What hands a table's changes to a function. */
export interface StreamMapping extends Mapping {
  kind: 'stream';
  tableName: string;
  /** Whether a batch that failed is halved. */
  bisects: boolean;
  /** Further attempts at a batch, before it is given up. */
  retries: number;
  /** Seconds; a batch whose first record is older is given up. */
  oldest: number;
  /** A record is handed over when one of them matches; each is without any. */
  patterns: EventPattern[];
  /** The queue that is told of what was given up. */
  deadLetters?: string;
}

/** An event source mapping of Lambda. */
export type LocalMapping = QueueMapping | StreamMapping;
