import { type DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { expect } from 'vitest';
import type { TableName } from '#infra/tables.ts';
import { freshTables } from '#test/support/dynamodb.ts';

const AFTER_READ = 'after-read';

/**
 * Tables whose items a test lays down past every condition, so that each condition of a repository can be met by an item that holds to all of its clauses but
 * one.
 */
export const guardedTables = async (names: readonly TableName[]) => {
  const { db, tables } = await freshTables(names);

  const itemsOf = async (TableName: string): Promise<Record<string, unknown>[]> => {
    const { Items = [] } = await db.send(new ScanCommand({ TableName, ConsistentRead: true }));
    return Items;
  };
  const everything = () => Promise.all(names.map((name) => itemsOf(tables[name])));

  return {
    db,
    tables,

    async put(name: TableName, ...items: readonly object[]): Promise<void> {
      for (const item of items) await db.send(new PutCommand({ TableName: tables[name], Item: { ...item } }));
    },

    itemsOf: (name: TableName) => itemsOf(tables[name]),

    /** Holds what is done to writing nothing at all. @returns what it answers */
    async withoutTrace<Answer>(act: () => Promise<Answer>): Promise<Answer> {
      const before = await everything();
      const answer = await act();
      expect(await everything()).toEqual(before);
      return answer;
    },
  };
};
export type GuardedTables = Awaited<ReturnType<typeof guardedTables>>;

/** Lets others do something between the next read and the write that it is for. */
export const betweenReadAndWrite = (
  db: DynamoDBDocumentClient,
  read: 'GetItemCommand' | 'QueryCommand',
  others: () => Promise<unknown>,
): void => {
  let isDone = false;
  db.middlewareStack.remove(AFTER_READ);
  db.middlewareStack.add(
    (next, context) => async (args) => {
      const reply = await next(args);
      if (context.commandName !== read || isDone) return reply;
      isDone = true;
      await others();
      return reply;
    },
    { step: 'initialize', name: AFTER_READ },
  );
};
