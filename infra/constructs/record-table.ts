import { RemovalPolicy } from 'aws-cdk-lib';
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Key, TableSchema } from '../tables.ts';
import { pinLogicalId } from './pinned.ts';

const attributes = ({ partition, sort }: Key) => ({
  partitionKey: { name: partition, type: AttributeType.STRING },
  ...(sort === undefined ? {} : { sortKey: { name: sort, type: AttributeType.STRING } }),
});

/** A table that keeps what was acknowledged: on demand, restorable to any second of 35 days, and outliving its stack. Its logical id is its construct id. */
export class RecordTable extends TableV2 {
  /** Whether its changes can be read: the library names a stream for every table. */
  readonly isStreamed: boolean;

  constructor(scope: Construct, id: string, { key, indexes, timeToLive, stream }: TableSchema) {
    super(scope, id, {
      ...attributes(key),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      // Keys only: a list reads the items themselves afterwards, consistently.
      globalSecondaryIndexes: Object.entries(indexes).map(([indexName, indexKey]) => ({
        indexName,
        ...attributes(indexKey),
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      ...(timeToLive === undefined ? {} : { timeToLiveAttribute: timeToLive }),
      ...(stream && { dynamoStream: StreamViewType.NEW_IMAGE }),
    });
    this.isStreamed = stream === true;
    pinLogicalId(this, id);
  }
}
