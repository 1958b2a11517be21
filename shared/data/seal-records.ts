import { type DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { parseSeal, SEALS_OF_CALL, type Sealed, type SealItem, sealKey } from './seal-items.ts';

export type SealRecords = ReturnType<typeof sealRecords>;

/** What is recorded of the seals of calls, read strongly consistently. */
export const sealRecords = (db: DynamoDBDocumentClient, tableName: string) => ({
  async find(callId: string, number: number): Promise<SealItem | undefined> {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: sealKey(callId, number), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : parseSeal(Item);
  },

  /** The seals a call has, by number. What they hold lies in the bucket, so a page of 1 MB has thousands; a call has a handful. */
  async ofCall(callId: string): Promise<Sealed[]> {
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'callId = :callId AND begins_with(#item, :seals)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: { ':callId': callId, ':seals': SEALS_OF_CALL },
        ConsistentRead: true,
      }),
    );
    return Items.map(parseSeal).filter((seal) => seal.state === 'sealed');
  },
});
