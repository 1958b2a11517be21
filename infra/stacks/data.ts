import { CfnOutput, Stack } from 'aws-cdk-lib';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { BucketName } from '../buckets.ts';
import { RecordTable } from '../constructs/record-table.ts';
import { SealBucket } from '../constructs/seal-bucket.ts';
import { UploadBucket } from '../constructs/upload-bucket.ts';
import type { Stage } from '../stage.ts';
import { TABLES, type TableName } from '../tables.ts';

/** All that must never be lost. What lies here has pinned logical ids, no physical names, and outlives its stack. */
export class DataStack extends Stack {
  readonly tables: Readonly<Record<TableName, RecordTable>>;
  readonly buckets: Readonly<Record<BucketName, Bucket>>;

  constructor(scope: Construct, id: string, stage: Pick<Stage, 'region' | 'corsOrigins' | 'sealLock'>) {
    const { region, corsOrigins } = stage;
    super(scope, id, { env: { region }, description: 'Shenbao: what must never be lost' });
    this.tables = {
      calls: new RecordTable(this, 'CallsTable', TABLES.calls),
      submissions: new RecordTable(this, 'SubmissionsTable', TABLES.submissions),
      tallies: new RecordTable(this, 'TalliesTable', TABLES.tallies),
      receipts: new RecordTable(this, 'ReceiptsTable', TABLES.receipts),
      history: new RecordTable(this, 'HistoryTable', TABLES.history),
      organizations: new RecordTable(this, 'OrganizationsTable', TABLES.organizations),
      memberships: new RecordTable(this, 'MembershipsTable', TABLES.memberships),
      idempotency: new RecordTable(this, 'IdempotencyTable', TABLES.idempotency),
    };
    this.buckets = {
      attachments: new UploadBucket(this, 'AttachmentsBucket', { corsOrigins, notifies: true }),
      annexes: new UploadBucket(this, 'AnnexesBucket', { corsOrigins, notifies: false }),
      seals: new SealBucket(this, 'SealsBucket', stage),
    };
    // `npm run admin` writes to these two, there.
    new CfnOutput(this, 'OrganizationsTableName', { value: this.tables.organizations.tableName });
    new CfnOutput(this, 'MembershipsTableName', { value: this.tables.memberships.tableName });
    new CfnOutput(this, 'TablesRegion', { value: this.region });
  }
}
