import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, inject, onTestFinished, TestRunner } from 'vitest';
import type { LocalTable } from '#infra/local/template/local-model.ts';
import type { TableName } from '#infra/tables.ts';
import { emptyTables } from './empty-tables.ts';
import { tableNames } from './table-names.ts';

export interface FreshTables {
  db: DynamoDBDocumentClient;
  /** Physical names. */
  tables: Readonly<Record<TableName, string>>;
}

const LOGICAL_IDS = tableNames((logicalId) => logicalId);

/** Numbers of the sets in use. A worker runs one file at a time, so within a run nobody else has `WORKER-NUMBER`. */
const taken = new Set<number>();
let file: string | undefined;

const takeSet = (): number => {
  const { testPath } = expect.getState();
  // Files share a worker's modules: what a file before has taken in `beforeAll` is free again.
  if (testPath !== file) taken.clear();
  file = testPath;
  let number = 1;
  while (taken.has(number)) number += 1;
  taken.add(number);
  if (TestRunner.getCurrentTest()) onTestFinished(() => void taken.delete(number));
  return number;
};

const schemasOf = (names: readonly TableName[] | undefined): LocalTable[] => {
  const wanted = names?.map((name) => LOGICAL_IDS[name]);
  return inject('tableSchemas').filter(({ logicalId }) => wanted?.includes(logicalId) ?? true);
};

/**
 * Empty tables as the data stack's template has them, which no other test has while this one runs. What is taken in a
 * test, or before each, is given back at its end, and what is taken in `beforeAll` at the end of the file; others get it
 * then, emptied. Streams are not: they still have what the tests before have done.
 * @param names only these are made; all of them without it
 */
export const freshTables = async (names?: readonly TableName[]): Promise<FreshTables> => {
  const set = `worker-${process.env.VITEST_POOL_ID}-${takeSet()}`;
  const db = await emptyTables(
    schemasOf(names).map(({ logicalId, create }) => ({ ...create, TableName: `${set}-${logicalId}` })),
  );
  return { db, tables: tableNames((logicalId) => `${set}-${logicalId}`) };
};
