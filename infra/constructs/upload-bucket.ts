import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  CfnBucket,
  HttpMethods,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { pinLogicalId } from './pinned.ts';

export interface UploadBucketProps {
  /** Whose pages may send files to it from a browser. */
  readonly corsOrigins: readonly string[];
  /** Whether EventBridge hears of every new object. */
  readonly notifies: boolean;
}

/** A private bucket that clients fill by presigned requests: versioned, so that what was submitted stays what it was even if its key is written again. */
export class UploadBucket extends Bucket {
  constructor(scope: Construct, id: string, { corsOrigins, notifies }: UploadBucketProps) {
    super(scope, id, {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      cors: [
        {
          allowedOrigins: [...corsOrigins],
          allowedMethods: [HttpMethods.GET, HttpMethods.HEAD, HttpMethods.PUT, HttpMethods.POST],
          allowedHeaders: ['*'],
          exposedHeaders: ['ETag', 'x-amz-version-id', 'x-amz-checksum-sha256', 'x-amz-request-id'],
          maxAge: 3_600,
        },
      ],
      // Versions that are no longer current are not expired: a submission may be pinned to one of them.
      lifecycleRules: [{ id: 'unfinished-uploads', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    });
    pinLogicalId(this, id);
    if (notifies) this.notifyEventBridge();
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Server access logs would record object keys and presigned addresses, which no log of this system may hold; every right to an object is issued, and logged by ids, by a function.',
    });
  }

  // By the property of the resource: the library's own switch deploys a custom resource with a function and a role.
  private notifyEventBridge(): void {
    const resource = this.node.defaultChild;
    if (!CfnBucket.isCfnBucket(resource)) throw new Error(`${this.node.path} has no bucket.`);
    resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
  }
}
