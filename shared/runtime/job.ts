import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { log } from './log.ts';
import { onTrail } from './trail.ts';

export type JobHandler = (event: unknown, context: Context) => Promise<unknown>;

/** All that Lambda is told of a failure: its runtime logs what is thrown, with message, cause and whatever an error carries, items of a client's among it. */
export class JobFailed extends Error {
  override readonly name = 'JobFailed';
}

/**
 * A function that a schedule or an event starts. Errors are logged once, without what they say, and `JobFailed` is thrown in their place, so that Lambda
 * retries and, at last, hands the event to the dead-letter queue.
 */
export const job = (name: string, logic: (event: unknown, context: Context) => Promise<unknown>): JobHandler => {
  const run = middy<unknown, unknown>({ timeoutEarlyInMillis: 0 })
    .onError((request) => {
      log.error('JOB_FAULT', { operation: name }, request.error);
      request.error = new JobFailed(`${name}: see JOB_FAULT`);
    })
    .handler(async (event: unknown, context) => {
      const outcome = await logic(event, context);
      log.info('JOB_COMPLETED', { operation: name });
      return outcome;
    });
  return (event, context) => onTrail(name, { requestId: context.awsRequestId }, () => run(event, context));
};
