import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { DataStack } from '#infra/stacks/data.ts';
import { findStage, parseStage } from '#infra/stage.ts';
import { STAGES } from '#infra/stages.ts';
import { propertiesOf } from './properties-of.ts';

const template = Template.fromStack(new DataStack(new App(), 'data', findStage('prod')));

/** Resources that hold what cannot be made again. */
const stateful = () =>
  ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::KMS::Key'].flatMap((type) =>
    Object.entries(template.findResources(type)),
  );

const tables = () => Object.values(propertiesOf(template, 'AWS::DynamoDB::GlobalTable'));
const buckets = () => Object.values(propertiesOf(template, 'AWS::S3::Bucket'));
/** Those that clients fill. */
const uploadBuckets = () => {
  const { AttachmentsBucket, AnnexesBucket } = propertiesOf(template, 'AWS::S3::Bucket');
  return [AttachmentsBucket, AnnexesBucket];
};

describe('data stack', () => {
  it('keeps the logical ids of what holds data: changing one would start it empty', () => {
    expect(stateful().map(([logicalId]) => logicalId)).toEqual([
      'CallsTable',
      'SubmissionsTable',
      'TalliesTable',
      'ReceiptsTable',
      'HistoryTable',
      'WebhooksTable',
      'DeliveriesTable',
      'OrganizationsTable',
      'MembershipsTable',
      'IdempotencyTable',
      'ExportsTable',
      'AttachmentsBucket',
      'AnnexesBucket',
      'SealsBucket',
      'ExportsBucket',
      'SigningKey',
    ]);
  });

  it('tells npm run admin where its two tables are', () => {
    expect(template.toJSON().Outputs).toMatchObject({
      OrganizationsTableName: { Value: { Ref: 'OrganizationsTable' } },
      MembershipsTableName: { Value: { Ref: 'MembershipsTable' } },
      TablesRegion: { Value: findStage('prod').region },
    });
  });

  it('outlives its stack, and gives nothing a physical name', () => {
    for (const [, resource] of stateful()) {
      expect(resource).toMatchObject({ DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      expect(resource.Properties).not.toHaveProperty('TableName');
      expect(resource.Properties).not.toHaveProperty('BucketName');
    }
  });

  it('pays per request, restores to any second, and refuses deletion in every table', () => {
    for (const table of tables()) {
      expect(table).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        Replicas: [
          {
            Region: 'ap-east-1',
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
      });
    }
  });

  it('indexes only keys, so that a write pays little for a list', () => {
    const indexes = tables().flatMap(({ GlobalSecondaryIndexes = [] }) => GlobalSecondaryIndexes);
    expect(indexes).toMatchObject(
      ['published', 'due', 'byUnit', 'collectable', 'late', 'byManager', 'byOrganization'].map((IndexName) => ({
        IndexName,
        Projection: { ProjectionType: 'KEYS_ONLY' },
      })),
    );
  });

  it('lets items go by themselves where nothing is lost with them alone', () => {
    const withTimeToLive = template.findResources('AWS::DynamoDB::GlobalTable', {
      Properties: { TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true } },
    });
    expect(Object.keys(withTimeToLive)).toEqual(['DeliveriesTable', 'IdempotencyTable', 'ExportsTable']);
  });

  it('keeps versions of what clients upload, and of seals', () => {
    const { SealsBucket } = propertiesOf(template, 'AWS::S3::Bucket');
    for (const bucket of [...uploadBuckets(), SealsBucket])
      expect(bucket).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
  });

  it('lets exports go after 7 days, and keeps no versions of them', () => {
    const { ExportsBucket } = propertiesOf(template, 'AWS::S3::Bucket');
    expect(ExportsBucket?.LifecycleConfiguration).toEqual({
      Rules: [{ Id: 'expiry', Status: 'Enabled', ExpirationInDays: 7 }],
    });
    expect(ExportsBucket).not.toHaveProperty('VersioningConfiguration');
    expect(ExportsBucket).not.toHaveProperty('CorsConfiguration');
  });

  it('keeps buckets private and encrypted', () => {
    for (const bucket of buckets()) {
      expect(bucket).toMatchObject({
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
      });
    }
  });

  it('refuses requests to a bucket without TLS', () => {
    const policies = Object.values(propertiesOf(template, 'AWS::S3::BucketPolicy'));
    expect(policies).toHaveLength(buckets().length);
    for (const policy of policies) {
      expect(policy.PolicyDocument).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: 's3:*',
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      });
    }
  });

  it('clears unfinished uploads but never a version: a submission may be pinned to it', () => {
    for (const bucket of uploadBuckets()) {
      expect(bucket?.LifecycleConfiguration).toEqual({
        Rules: [
          {
            Id: 'unfinished-uploads',
            Status: 'Enabled',
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      });
    }
  });

  it('keeps seals in versions that no browser writes, and clears away what making them needed', () => {
    const { SealsBucket } = propertiesOf(template, 'AWS::S3::Bucket');
    expect(SealsBucket).toMatchObject({ VersioningConfiguration: { Status: 'Enabled' } });
    expect(SealsBucket).not.toHaveProperty('CorsConfiguration');
    expect(SealsBucket).not.toHaveProperty('ObjectLockConfiguration');
    expect(SealsBucket?.LifecycleConfiguration).toMatchObject({ Rules: [{ Prefix: 'working/', ExpirationInDays: 7 }] });
  });

  it('locks seals for as long as the stage says', () => {
    const sealLock = { mode: 'compliance', days: 3_650 };
    const locked = Template.fromStack(
      new DataStack(new App(), 'data', parseStage('prod', { ...STAGES.prod, sealLock })),
    );
    expect(propertiesOf(locked, 'AWS::S3::Bucket').SealsBucket).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3_650 } } },
    });
  });

  it('lets the pages of the settings upload from a browser and read what S3 answers', () => {
    for (const bucket of uploadBuckets()) {
      expect(bucket?.CorsConfiguration).toMatchObject({
        CorsRules: [
          {
            AllowedOrigins: ['https://shenbao.example.org'],
            AllowedMethods: ['GET', 'HEAD', 'PUT', 'POST'],
            ExposedHeaders: expect.arrayContaining(['ETag', 'x-amz-version-id']),
          },
        ],
      });
    }
  });

  it('tells EventBridge of new attachments without a custom resource', () => {
    expect(propertiesOf(template, 'AWS::S3::Bucket')).toMatchObject({
      AttachmentsBucket: {
        NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      },
    });
    expect(template.findResources('AWS::Lambda::Function')).toEqual({});
  });

  it('signs by a P-256 key that is called by the stage', () => {
    expect(propertiesOf(template, 'AWS::KMS::Key')).toMatchObject({
      SigningKey: { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' },
    });
    expect(Object.values(propertiesOf(template, 'AWS::KMS::Alias'))).toMatchObject([
      { AliasName: 'alias/shenbao-prod-signing', TargetKeyId: { 'Fn::GetAtt': ['SigningKey', 'Arn'] } },
    ]);
  });

  it('keeps every earlier key when the key is changed, and signs by the newest', () => {
    const changed = Template.fromStack(new DataStack(new App(), 'data', { ...findStage('prod'), signingKeys: 3 }));
    expect(Object.keys(changed.findResources('AWS::KMS::Key')).sort()).toEqual([
      'SigningKey',
      'SigningKey2',
      'SigningKey3',
    ]);
    expect(Object.values(propertiesOf(changed, 'AWS::KMS::Alias'))).toMatchObject([
      { TargetKeyId: { 'Fn::GetAtt': ['SigningKey3', 'Arn'] } },
    ]);
  });
});
