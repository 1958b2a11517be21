import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueSchema } from '../queues.ts';
import { pinLogicalId } from './pinned.ts';

/** A queue with dead letters of its own. Logical ids are the construct's id with `Queue` and with `DeadLetters`. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly deadLetters: Queue;
  readonly visibilitySeconds: number;

  constructor(scope: Construct, id: string, { visibilitySeconds, maxReceives }: QueueSchema) {
    super(scope, id);
    this.visibilitySeconds = visibilitySeconds;
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };
    this.deadLetters = new Queue(this, 'DeadLetters', {
      ...shared,
      // A message's age counts on when it moves to its dead letters, so these are kept longer than the queue's own.
      retentionPeriod: Duration.days(14),
    });
    this.queue = new Queue(this, 'Queue', {
      ...shared,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: maxReceives },
    });
    pinLogicalId(this.queue, `${id}Queue`);
    pinLogicalId(this.deadLetters, `${id}DeadLetters`);
  }
}
