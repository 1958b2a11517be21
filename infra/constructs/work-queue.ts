import { Duration } from 'aws-cdk-lib';
import { type IQueue, Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { QueueSchema } from '../queues.ts';
import { pinLogicalId } from './pinned.ts';

/** A queue that leaves what was tried in vain to dead letters. Its logical id is the construct's id with `Queue`. */
export class WorkQueue extends Construct {
  readonly queue: Queue;
  readonly visibilitySeconds: number;

  constructor(scope: Construct, id: string, { visibilitySeconds, maxReceives }: QueueSchema, deadLetters: IQueue) {
    super(scope, id);
    this.visibilitySeconds = visibilitySeconds;
    this.queue = new Queue(this, 'Queue', {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(4),
      visibilityTimeout: Duration.seconds(visibilitySeconds),
      deadLetterQueue: { queue: deadLetters, maxReceiveCount: maxReceives },
    });
    pinLogicalId(this.queue, `${id}Queue`);
  }
}
