import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { EventFeed, type EventFeedProps } from './event-feed.ts';

export interface UploadFeedProps extends EventFeedProps {
  /** One that tells EventBridge of its objects. */
  readonly bucket: Pick<IBucket, 'bucketName'>;
}

/** Starts a function for each object that arrives in a bucket. */
export class UploadFeed extends EventFeed {
  constructor(scope: Construct, id: string, { bucket, ...feed }: UploadFeedProps) {
    super(scope, id, feed, {
      description: 'A file has been uploaded',
      eventPattern: {
        source: ['aws.s3'],
        detailType: ['Object Created'],
        detail: { bucket: { name: [bucket.bucketName] } },
      },
    });
  }
}
