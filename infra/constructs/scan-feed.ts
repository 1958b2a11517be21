import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { EventFeed, type EventFeedProps } from './event-feed.ts';

export interface ScanFeedProps extends EventFeedProps {
  readonly bucket: Pick<IBucket, 'bucketName'>;
  /** Of the objects that are scanned; GuardDuty also tells of the one it tries the bucket with. */
  readonly prefix: string;
}

/** Starts a function for each result of a malware scan. */
export class ScanFeed extends EventFeed {
  constructor(scope: Construct, id: string, { bucket, prefix, ...feed }: ScanFeedProps) {
    super(scope, id, feed, {
      description: 'A file has been scanned for malware',
      eventPattern: {
        source: ['aws.guardduty'],
        detailType: ['GuardDuty Malware Protection Object Scan Result'],
        detail: { s3ObjectDetails: { bucketName: [bucket.bucketName], objectKey: [{ prefix }] } },
      },
    });
  }
}
