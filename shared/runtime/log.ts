import { Logger } from '@aws-lambda-powertools/logger';
import type { LogEvent, LogIds } from './log-events.ts';

/** One JSON line per event; level and service name come from POWERTOOLS_LOG_LEVEL and POWERTOOLS_SERVICE_NAME. */
const logger = new Logger();

/** An error's name and stack: a message may quote what a client sent, so it stays out. */
const traceOf = (error: unknown): { name: string; stack: string } | { name: string } => {
  if (!(error instanceof Error)) return { name: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, stack: frames.join('\n') };
};

export const log = {
  info: (event: LogEvent, ids: LogIds = {}): void => logger.info(event, { ...ids }),
  error: (event: LogEvent, ids: LogIds, error: unknown): void => {
    const causes = [];
    for (
      let cause = error;
      cause !== undefined && causes.length < 5;
      cause = cause instanceof Error ? cause.cause : undefined
    ) {
      causes.push(traceOf(cause));
    }
    logger.error(event, { ...ids, causes });
  },
};
