import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface UploadFeedProps {
  readonly handler: ServiceFunction;
  /** One that tells EventBridge of its objects. */
  readonly bucket: Pick<IBucket, 'bucketName'>;
  /** Where an event goes that could not be handed over. */
  readonly deadLetters: IQueue;
}

/** Starts a function for each object that arrives in a bucket. */
export class UploadFeed extends Rule {
  constructor(scope: Construct, id: string, { handler, bucket, deadLetters }: UploadFeedProps) {
    super(scope, id, {
      description: 'A file has been uploaded',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] } },
      },
      targets: [
        new LambdaFunction(handler.function, {
          deadLetterQueue: deadLetters,
          retryAttempts: 24,
          maxEventAge: Duration.hours(6),
        }),
      ],
    });
  }
}
