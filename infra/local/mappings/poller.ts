/** What hands over events until it is told to stop. */
export interface Poller {
  /** No batch begins any more; one that is under way goes on until its function ends or is ended. */
  stop(): void;
  /** Resolves when the last batch is settled. */
  ended: Promise<void>;
}
