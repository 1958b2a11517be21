import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject, onTestFinished, TestRunner } from 'vitest';
import type { LocalTable } from '#infra/local/template/local-model.ts';
import { emptyTables } from './empty-tables.ts';

// Logical ids of the data stack; they are pinned.
const LOGICAL_IDS = {
  calls: 'CallsTable',
  submissions: 'SubmissionsTable',
  tallies: 'TalliesTable',
  receipts: 'ReceiptsTable',
  history: 'HistoryTable',
  webhooks: 'WebhooksTable',
  deliveries: 'DeliveriesTable',
  organizations: 'OrganizationsTable',
  memberships: 'MembershipsTable',
  idempotency: 'IdempotencyTable',
  exports: 'ExportsTable',
} as const;

export type TableKey = keyof typeof LOGICAL_IDS;

export interface FreshTables {
  db: DynamoDBDocumentClient;
  /** Physical names. */
  tables: Record<TableKey, string>;
}

/** Numbers of the sets in use. A worker runs one file at a time, so within a run nobody else has `WORKER-NUMBER`. */
const taken = new Set<number>();

const takeSet = (): number => {
  let number = 1;
  while (taken.has(number)) number += 1;
  taken.add(number);
  if (TestRunner.getCurrentTest()) onTestFinished(() => void taken.delete(number));
  return number;
};

const schemasOf = (names: readonly TableKey[] | undefined): LocalTable[] => {
  const wanted = names?.map((name): string => LOGICAL_IDS[name]);
  return inject('tableSchemas').filter(({ logicalId }) => wanted?.includes(logicalId) ?? true);
};

/**
 * Empty tables as the data stack's template has them, which no other test has while this one runs. What is taken in a
 * test, or before each, is given back at its end, and what is taken in `beforeAll` at the end of the file; others get it
 * then, emptied. Streams are not: they still have what the tests before have done.
 * @param names only these are made; all of them without it
 */
export const freshTables = async (names?: readonly TableKey[]): Promise<FreshTables> => {
  const set = `worker-${process.env.VITEST_POOL_ID}-${takeSet()}`;
  const db = await emptyTables(
    schemasOf(names).map(({ logicalId, create }) => ({ ...create, TableName: `${set}-${logicalId}` })),
  );
  const physical = (name: TableKey): string => `${set}-${LOGICAL_IDS[name]}`;
  return {
    db,
    tables: {
      calls: physical('calls'),
      submissions: physical('submissions'),
      tallies: physical('tallies'),
      receipts: physical('receipts'),
      history: physical('history'),
      webhooks: physical('webhooks'),
      deliveries: physical('deliveries'),
      organizations: physical('organizations'),
      memberships: physical('memberships'),
      idempotency: physical('idempotency'),
      exports: physical('exports'),
    },
  };
};
