import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, GetCommand, QueryCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { type Stores, startStores } from '#test/support/world-stores.ts';
import { type GuardedService, guardService } from './guarded-service.ts';
import { DYNAMODB, S3 } from './service-protocols.ts';

let stores: Stores;
let guarded: GuardedService;

beforeAll(async () => {
  stores = await startStores();
});

afterEach(async () => {
  await guarded.close();
});

afterAll(async () => {
  await stores.stop();
});

const settings = () => ({ endpoint: guarded.url, region: REGION, credentials: CREDENTIALS, maxAttempts: 1 });

const dynamoDbWith = async (...rights: string[]): Promise<DynamoDBDocumentClient> => {
  guarded = await guardService(inject('dynamoDbUrl'), DYNAMODB, ({ action, resource }) =>
    rights.includes(`${action} ${resource}`),
  );
  return DynamoDBDocumentClient.from(new DynamoDBClient(settings()));
};

const s3With = async (...rights: string[]): Promise<S3Client> => {
  guarded = await guardService(stores.s3Url, S3, ({ action, resource }) => rights.includes(`${action} ${resource}`));
  return new S3Client(settings());
};

it('lets through what is granted', async () => {
  const TableName = stores.tables.receipts;
  const db = await dynamoDbWith(`dynamodb:GetItem ${TableName}`);
  await expect(db.send(new GetCommand({ TableName, Key: { receiptNo: 'none' } }))).resolves.toBeDefined();
  expect(guarded.denied).toEqual([]);
});

it('denies an action that is not granted on the table', async () => {
  const TableName = stores.tables.receipts;
  const db = await dynamoDbWith(`dynamodb:PutItem ${TableName}`, `dynamodb:GetItem ${stores.tables.calls}`);
  await expect(db.send(new GetCommand({ TableName, Key: { receiptNo: 'none' } }))).rejects.toThrow('Not authorized');
  expect(guarded.denied).toEqual([`dynamodb:GetItem ${TableName}`]);
});

it('tells an index from its table', async () => {
  const TableName = stores.tables.calls;
  const db = await dynamoDbWith(`dynamodb:Query ${TableName}`);
  const query = new QueryCommand({
    TableName,
    IndexName: 'due',
    KeyConditionExpression: 'due = :due',
    ExpressionAttributeValues: { ':due': 'close' },
  });
  await expect(db.send(query)).rejects.toThrow('Not authorized');
  expect(guarded.denied).toEqual([`dynamodb:Query ${TableName}/index/due`]);
});

it('asks for the right to every part of a transaction', async () => {
  const { receipts, organizations } = stores.tables;
  const db = await dynamoDbWith(`dynamodb:PutItem ${receipts}`);
  const write = new TransactWriteCommand({
    TransactItems: [
      { Put: { TableName: receipts, Item: { receiptNo: 'r' } } },
      { Delete: { TableName: organizations, Key: { organizationId: 'o' } } },
    ],
  });
  await expect(db.send(write)).rejects.toThrow('Not authorized');
  expect(guarded.denied).toEqual([`dynamodb:DeleteItem ${organizations}`]);
});

it('hides from whoever may not list that an object is not there', async () => {
  const get = 's3:GetObject attachments/none';
  const head = new HeadObjectCommand({ Bucket: 'attachments', Key: 'none' });
  const blind = await s3With(get);
  await expect(blind.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  expect(guarded.denied).toEqual(['s3:ListBucket attachments']);
  await guarded.close();
  const seeing = await s3With(get, 's3:ListBucket attachments');
  await expect(seeing.send(head)).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
});

it('denies objects and lists that are not granted', async () => {
  const s3 = await s3With('s3:GetObject attachments/a');
  await expect(s3.send(new PutObjectCommand({ Bucket: 'attachments', Key: 'a', Body: 'x' }))).rejects.toThrow();
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'attachments' }))).rejects.toThrow();
  expect(guarded.denied).toEqual(['s3:PutObject attachments/a', 's3:ListBucket attachments']);
});
