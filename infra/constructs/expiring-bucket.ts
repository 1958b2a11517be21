import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { pinLogicalId } from './pinned.ts';

/** A private bucket of what functions made and can make again: no versions, and gone by itself after so many days. Nobody uploads to it. */
export class ExpiringBucket extends Bucket {
  constructor(scope: Construct, id: string, { days }: { readonly days: number }) {
    super(scope, id, {
      versioned: false,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ id: 'expiry', expiration: Duration.days(days) }],
    });
    pinLogicalId(this, id);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Server access logs would record presigned addresses, which no log of this system may hold; every right to an object is issued, and logged by ids, by a function.',
    });
  }
}
