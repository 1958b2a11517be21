import * as z from 'zod';
import type { LocalQueue } from '../sqs/start-sqs.ts';
import { parseProperties } from './parse-properties.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const QueueProperties = z.object({
  FifoQueue: z.literal(false, 'a FIFO queue is not served by the local machine').optional(),
  // SQS's own defaults.
  VisibilityTimeout: z.number().default(30),
  MessageRetentionPeriod: z.number().default(345_600),
  DelaySeconds: z.number().default(0),
  RedrivePolicy: z.strictObject({ deadLetterTargetArn: z.string(), maxReceiveCount: z.number() }).optional(),
});

/** A queue as CreateQueue takes it. */
export const readQueue = (resource: ResolvedResource): LocalQueue => {
  const { FifoQueue: _, RedrivePolicy, ...numbers } = parseProperties(resource, QueueProperties);
  return {
    name: String(resource.attribute('QueueName')),
    attributes: {
      ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, String(value)])),
      ...(RedrivePolicy && { RedrivePolicy: JSON.stringify(RedrivePolicy) }),
    },
  };
};
