import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Stage } from '../stage.ts';
import { pinLogicalId } from './pinned.ts';

const retentionOf = ({ mode, days }: NonNullable<Stage['sealLock']>): ObjectLockRetention =>
  mode === 'compliance'
    ? ObjectLockRetention.compliance(Duration.days(days))
    : ObjectLockRetention.governance(Duration.days(days));

/** A private bucket of evidence: only the function that seals writes to it, each object once, and no client but by a presigned GET. */
export class SealBucket extends Bucket {
  constructor(scope: Construct, id: string, { sealLock }: Pick<Stage, 'sealLock'>) {
    super(scope, id, {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(sealLock === undefined ? {} : { objectLockEnabled: true, objectLockDefaultRetention: retentionOf(sealLock) }),
      lifecycleRules: [
        {
          id: 'working-files',
          prefix: 'working/',
          // A seal takes minutes; what stays unfinished for a week is begun anew. A lock holds the versions for as long as it lasts.
          expiration: Duration.days(7),
          noncurrentVersionExpiration: Duration.days(1),
        },
      ],
    });
    pinLogicalId(this, id);
    Validations.of(this).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'Server access logs would record presigned addresses, which no log of this system may hold; every right to an object is issued, and logged by ids, by a function.',
    });
  }
}
