import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';
import type { WorkQueue } from './work-queue.ts';

export interface QueueFeedProps {
  readonly handler: ServiceFunction;
  readonly source: WorkQueue;
  readonly batchSize: number;
  readonly maxConcurrency: number;
}

/** Hands a function the messages of a queue. */
export class QueueFeed extends EventSourceMapping {
  /** @throws Error where a message could be handed out again while the function is still at it */
  constructor(scope: Construct, id: string, { handler, source, batchSize, maxConcurrency }: QueueFeedProps) {
    const { function: target } = handler;
    const { queueArn } = source.queue;
    const seconds = target.timeout?.toSeconds() ?? 0;
    if (seconds > source.visibilitySeconds) {
      throw new Error(
        `${handler.node.path} may run for ${seconds} s and its queue hides a message for ${source.visibilitySeconds} s: raise that in infra/queues.ts.`,
      );
    }
    // What Lambda asks for, and no more: https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
    target.addToRolePolicy(
      new PolicyStatement({
        actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
        resources: [queueArn],
      }),
    );
    super(scope, id, { target, eventSourceArn: queueArn, batchSize, maxConcurrency, reportBatchItemFailures: true });
  }
}
