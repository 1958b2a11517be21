import { Logger } from '@aws-lambda-powertools/logger';
import { COUNTED, type CountedEvent, type LogEvent, type LogIds } from './log-events.ts';
import { trail } from './trail.ts';

/** One JSON line per event, with the ids of the trail; level and service name come from POWERTOOLS_LOG_LEVEL and POWERTOOLS_SERVICE_NAME. */
const logger = new Logger();

/**
 * An error's name and the frames of its stack: a message may quote what a client sent, so it stays out. A stack begins with the message, whose own lines
 * may look like frames; where the message was changed since, nobody can tell them apart, and the stack stays out.
 */
const traceOf = (error: unknown): { name: string; stack: string } | { name: string } => {
  if (!(error instanceof Error)) return { name: typeof error };
  const { name, message, stack = '' } = error;
  const begins = stack.indexOf(message);
  if (begins < 0) return { name };
  const frames = stack
    .slice(begins + message.length)
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return { name, stack: frames.join('\n') };
};

export const log = {
  info: (event: LogEvent, ids: LogIds = {}): void => logger.info(event, { ...trail(), ...ids }),
  /**
   * A line that CloudWatch makes a metric of as well (embedded metric format), by service: whoever meets a figure finds the lines it is made of, and their ids.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
   */
  count: (event: CountedEvent, ids: LogIds = {}): void => {
    const Name = COUNTED[event];
    const metric = { Namespace: 'Shenbao', Dimensions: [['service']], Metrics: [{ Name, Unit: 'Count' }] };
    logger.info(event, {
      ...trail(),
      ...ids,
      [Name]: 1,
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [metric] },
    });
  },
  error: (event: LogEvent, ids: LogIds, error: unknown): void => {
    const causes = [];
    for (
      let cause = error;
      cause !== undefined && causes.length < 5;
      cause = cause instanceof Error ? cause.cause : undefined
    ) {
      causes.push(traceOf(cause));
    }
    logger.error(event, { ...trail(), ...ids, causes });
  },
};
