import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '#infra/local/dynamodb/start-dynamodb.ts';
import type { LocalTable } from '#infra/local/template/local-model.ts';
import { synthesizeTables } from './table-schemas.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamoDbUrl: string;
    tableSchemas: LocalTable[];
  }
}

/** One DynamoDB Local in memory for the whole run; suites are kept apart by the names of their tables. */
export const setup = async (project: TestProject): Promise<() => Promise<void>> => {
  const [dynamoDb, tables] = await Promise.all([startDynamoDb(), synthesizeTables()]);
  project.provide('dynamoDbUrl', dynamoDb.url);
  project.provide('tableSchemas', tables);
  return () => dynamoDb.stop();
};
