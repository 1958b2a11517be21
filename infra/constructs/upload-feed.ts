import { Rule } from 'aws-cdk-lib/aws-events';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface UploadFeedProps {
  readonly handler: ServiceFunction;
  /** One that tells EventBridge of its objects. */
  readonly bucket: Pick<IBucket, 'bucketName'>;
  /** Where an event goes that could not be handed over; its own policy lets rules of this stack. */
  readonly deadLetters: IQueue;
}

/** Starts a function for each object that arrives in a bucket. */
export class UploadFeed extends Rule {
  constructor(scope: Construct, id: string, { handler, bucket, deadLetters }: UploadFeedProps) {
    const { function: target } = handler;
    super(scope, id, {
      description: 'A file has been uploaded',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] } },
      },
      // Not the library's LambdaFunction: it has the policy of the dead letters name this rule, and their stack is made before this one.
      targets: [
        {
          bind: () => ({
            arn: target.functionArn,
            deadLetterConfig: { arn: deadLetters.queueArn },
            retryPolicy: { maximumRetryAttempts: 24, maximumEventAgeInSeconds: 6 * 60 * 60 },
          }),
        },
      ],
    });
    target.addPermission(`${id}Events`, {
      principal: new ServicePrincipal('events.amazonaws.com'),
      sourceArn: this.ruleArn,
    });
  }
}
