import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbUrl: string;
  }
}

/** One DynamoDB Local in memory for the whole run; suites are kept apart by the names of their tables. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const dynamoDb = await startDynamoDb();
  project.provide('dynamoDbUrl', dynamoDb.url);
  return () => dynamoDb.stop();
};
