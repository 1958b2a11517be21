import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { parsePartners, partnerKey } from './submission-items.ts';

export type PartnersOf = (submissionId: string) => Promise<string[]>;

/** The units named in a submission besides its lead, strongly consistent, in their order. A category takes few, so they are of one page. */
export const partnersOf =
  (db: DynamoDBDocumentClient, tableName: string): PartnersOf =>
  async (submissionId) => {
    const { item: prefix } = partnerKey(submissionId, '');
    const { Items = [] } = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'submissionId = :submissionId AND begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#item': 'item' },
        ExpressionAttributeValues: { ':submissionId': submissionId, ':prefix': prefix },
        ConsistentRead: true,
      }),
    );
    return parsePartners(Items).map(({ unitId }) => unitId);
  };
