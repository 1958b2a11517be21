/**
 * What any function with these two SDK clients has to load before a line of its own runs: ours are held against it. The same client
 * settings and commands as there, and no logic: it sends the requests of its event in their order.
 */
import { GetObjectCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { BatchGetCommand, GetCommand, QueryCommand, TransactWriteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#shared/data/document-client.ts';
import { s3Client } from '#shared/storage/s3-client.ts';
import type { BareRequests } from '../rush-sdk.ts';

const db = documentClient();
const s3 = s3Client();

const UNUSED = { GetCommand, UpdateCommand, HeadObjectCommand, GetObjectCommand };

export const handler = async ({ query, batch, transaction }: BareRequests) => {
  if (query !== undefined) await db.send(new QueryCommand(query));
  if (batch !== undefined) await db.send(new BatchGetCommand(batch));
  await db.send(new TransactWriteCommand(transaction));
  return { statusCode: 200, loaded: Object.keys(UNUSED).length + [s3].length };
};
