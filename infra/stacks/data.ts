import { CfnOutput, Stack } from 'aws-cdk-lib';
import { Alias } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketName } from '../buckets.ts';
import { ExpiringBucket } from '../constructs/expiring-bucket.ts';
import { RecordTable } from '../constructs/record-table.ts';
import { SealBucket } from '../constructs/seal-bucket.ts';
import { SigningKey } from '../constructs/signing-key.ts';
import { UploadBucket } from '../constructs/upload-bucket.ts';
import type { Stage } from '../stage.ts';
import { TABLES, type TableName } from '../tables.ts';

/** Of the key that was made as the how-manieth. */
const signingKeyId = (number: number): string => (number === 1 ? 'SigningKey' : `SigningKey${number}`);

/** All that must never be lost. What lies here has pinned logical ids, no physical names, and outlives its stack. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableName, RecordTable>>;
  readonly buckets: Readonly<Record<BucketName, Bucket>>;

  readonly signingKeys: { readonly current: SigningKey; readonly earlier: readonly SigningKey[] };

  constructor(
    scope: Construct,
    id: string,
    stage: Pick<Stage, 'name' | 'region' | 'corsOrigins' | 'sealLock' | 'signingKeys'>,
  ) {
    const { region, corsOrigins } = stage;
    super(scope, id, { env: { region }, description: 'Shenbao: what must never be lost' });
    this.tables = {
      calls: new RecordTable(this, 'CallsTable', TABLES.calls),
      submissions: new RecordTable(this, 'SubmissionsTable', TABLES.submissions),
      tallies: new RecordTable(this, 'TalliesTable', TABLES.tallies),
      receipts: new RecordTable(this, 'ReceiptsTable', TABLES.receipts),
      history: new RecordTable(this, 'HistoryTable', TABLES.history),
      webhooks: new RecordTable(this, 'WebhooksTable', TABLES.webhooks),
      deliveries: new RecordTable(this, 'DeliveriesTable', TABLES.deliveries),
      organizations: new RecordTable(this, 'OrganizationsTable', TABLES.organizations),
      memberships: new RecordTable(this, 'MembershipsTable', TABLES.memberships),
      idempotency: new RecordTable(this, 'IdempotencyTable', TABLES.idempotency),
      exports: new RecordTable(this, 'ExportsTable', TABLES.exports),
    };
    this.buckets = {
      attachments: new UploadBucket(this, 'AttachmentsBucket', { corsOrigins, notifies: true }),
      annexes: new UploadBucket(this, 'AnnexesBucket', { corsOrigins, notifies: false }),
      seals: new SealBucket(this, 'SealsBucket', stage),
      // As long as shared/domain/export/export.ts keeps an export.
      exports: new ExpiringBucket(this, 'ExportsBucket', { days: 7 }),
    };
    this.signingKeys = this.addSigningKeys(stage);
    // `npm run admin` writes to these two, there.
    new CfnOutput(this, 'OrganizationsTableName', { value: this.tables.organizations.tableName });
    new CfnOutput(this, 'MembershipsTableName', { value: this.tables.memberships.tableName });
    // `npm run dead-letters` tells entries of the history and steps of exports again from these, and keeps results of scans there.
    for (const name of ['calls', 'submissions', 'history', 'webhooks', 'exports'] as const) {
      const { node, tableName } = this.tables[name];
      new CfnOutput(this, `${node.id}Name`, { value: tableName });
    }
    new CfnOutput(this, 'AttachmentsBucketName', { value: this.buckets.attachments.bucketName });
    new CfnOutput(this, 'TablesRegion', { value: this.region });
  }

  /** Earlier keys stay: functions that import them are deployed after this stack, and what they signed is to be verified. */
  private addSigningKeys({ name, signingKeys }: Pick<Stage, 'name' | 'signingKeys'>): DataStack['signingKeys'] {
    const earlier = Array.from(
      { length: signingKeys - 1 },
      (_, index) => new SigningKey(this, signingKeyId(index + 1)),
    );
    const current = new SigningKey(this, signingKeyId(signingKeys));
    new Alias(this, 'SigningKeyAlias', { aliasName: `alias/shenbao-${name}-signing`, targetKey: current });
    return { current, earlier: earlier.reverse() };
  }
}
