import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { log } from './log.ts';

export type JobHandler = (event: unknown, context: Context) => Promise<unknown>;

/**
 * A function that a schedule or an event starts. Errors are logged once and thrown on, so that Lambda retries and, at last, hands the event to the dead-letter queue.
 */
export const job = (name: string, logic: (event: unknown, context: Context) => Promise<unknown>): JobHandler =>
  middy<unknown, unknown>({ timeoutEarlyInMillis: 0 })
    .onError((request) => {
      log.error('JOB_FAULT', { operation: name, requestId: request.context.awsRequestId }, request.error);
    })
    .handler(async (event: unknown, context) => {
      const outcome = await logic(event, context);
      log.info('JOB_COMPLETED', { operation: name });
      return outcome;
    });
