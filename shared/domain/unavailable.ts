/** Something passing is in the way (throttling, a conflict that outlasted its retries): the same request may be sent again. */
export class Unavailable extends Error {
  readonly retryAfterSeconds: number;

  constructor(message: string, options: { retryAfterSeconds?: number; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'Unavailable';
    this.retryAfterSeconds = options.retryAfterSeconds ?? 1;
  }
}
