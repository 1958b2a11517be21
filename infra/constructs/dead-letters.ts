import { Duration, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { pinLogicalId } from './pinned.ts';

export interface DeadLettersProps {
  /** Rules of stacks whose names begin so may leave here what they could not hand over. */
  readonly rulesOf: string;
}

/**
 * Where all goes that was tried in vain: messages, ticks, uploads, and the places of a stream. One queue, since each one more costs the alarm another metric; a letter says by itself what
 * it is of. Its logical id is its construct id.
 */
export class DeadLetters extends Queue {
  constructor(scope: Construct, id: string, { rulesOf }: DeadLettersProps) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      // A message's age counts on when it moves here, so this is longer than any queue's own.
      retentionPeriod: Duration.days(14),
    });
    pinLogicalId(this, id);
    // Rules have no role to send with. Not the library's own grant: it names the rule, whose stack names this queue.
    this.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('events.amazonaws.com')],
        actions: ['sqs:SendMessage'],
        resources: [this.queueArn],
        conditions: {
          ArnLike: {
            'aws:SourceArn': Stack.of(this).formatArn({
              service: 'events',
              resource: 'rule',
              resourceName: `${rulesOf}*`,
            }),
          },
        },
      }),
    );
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is the dead-letter queue, of all there is; nothing consumes it but a person whom its alarm calls.',
    });
  }
}
