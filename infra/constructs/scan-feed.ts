import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { ServiceFunction } from './service-function.ts';

export interface ScanFeedProps {
  readonly handler: ServiceFunction;
  readonly bucket: Pick<IBucket, 'bucketName'>;
  /** Of the objects that are scanned; GuardDuty also tells of the one it tries the bucket with. */
  readonly prefix: string;
  /** Where an event goes that could not be handed over. */
  readonly deadLetters: IQueue;
}

/** Starts a function for each result of a malware scan. */
export class ScanFeed extends Rule {
  constructor(scope: Construct, id: string, { handler, bucket, prefix, deadLetters }: ScanFeedProps) {
    super(scope, id, {
      description: 'A file has been scanned for malware',
      eventPattern: {
        source: ['aws.guardduty'],
        detailType: ['GuardDuty Malware Protection Object Scan Result'],
        detail: { s3ObjectDetails: { bucketName: [bucket.bucketName], objectKey: [{ prefix }] } },
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
