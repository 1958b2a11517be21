import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { indexWriteUnits, readUnits, writeUnits } from './capacity.ts';
import { itemSize, type StoredItem } from './item-size.ts';
import { type Access, readRequest } from './meter-requests.ts';
import { kindOf, type MeteredTable, type MeteredTables } from './metered-tables.ts';
import { type Direction, roundTrips } from './round-trips.ts';

/** What one request pays for one item, one page of a query or one index. */
export interface Charge {
  /** Table and kind of item (`submissions/head`), or table and index (`submissions:byUnit`). */
  readonly of: string;
  /** Table or index, and its partition key's value: what shares the throughput of one partition. Undefined for a page that held nothing. */
  readonly partition: string | undefined;
  /** Name of the SDK's command class. */
  readonly command: string;
  /** The larger of before and after for a write. */
  readonly bytes: number;
  readonly wru: number;
  readonly rru: number;
}

/** What some work asked of DynamoDB. */
export interface Usage {
  /** Requests sent, each attempt counted. */
  readonly requests: number;
  readonly roundTrips: number;
  readonly readRoundTrips: number;
  readonly writeRoundTrips: number;
  readonly wru: number;
  readonly rru: number;
  readonly charges: readonly Charge[];
}

const MIDDLEWARE = 'meter';

const partitionOf = (
  store: string,
  [name = '']: readonly string[],
  item: StoredItem | undefined,
): string | undefined => {
  const value = item?.[name];
  return value === undefined ? undefined : `${store} ${value.S ?? value.N}`;
};

/** A condition that does not hold is charged as if it did. */
const CHARGED_FAILURES = new Set(['ConditionalCheckFailedException', 'TransactionCanceledException']);

const total = (charges: readonly Charge[], unit: 'wru' | 'rru'): number =>
  charges.reduce((sum, charge) => sum + charge[unit], 0);

/**
 * Counts what DynamoDB would charge for the requests that leave a client, by the published rules: DynamoDB Local's own figures leave out condition checks.
 *
 * @param observer another client, which is not counted: it reads the items before and after
 */
export const meter = (db: DynamoDBDocumentClient, tables: MeteredTables, observer: DynamoDBClient) => {
  const tableOf = (physicalName: string): MeteredTable => {
    const table = tables.get(physicalName);
    if (table === undefined) throw new Error(`The meter was not told of the table ${physicalName}`);
    return table;
  };

  const observe = async (table: string, item: StoredItem): Promise<StoredItem | undefined> => {
    const names = tableOf(table).key;
    const Key = Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
    const reply = await observer.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
    return reply.Item;
  };

  const chargeRead = async (access: Access & { kind: 'read' }, command: string): Promise<Charge[]> => {
    const bytes = itemSize((await observe(access.table, access.key)) ?? {});
    const table = tableOf(access.table);
    const rru = readUnits(bytes, access.consistency);
    const partition = partitionOf(table.name, table.key, access.key);
    return [{ of: kindOf(table, access.key), partition, command, bytes, wru: 0, rru }];
  };

  const chargeQuery = async (access: Access & { kind: 'query' }, command: string): Promise<Charge[]> => {
    // What a filter drops and a projection leaves out is charged all the same.
    const page = { ...access.input, FilterExpression: undefined, ProjectionExpression: undefined, Select: undefined };
    const { Items } = await observer.send(new QueryCommand({ TableName: access.table, ...page }));
    const bytes = (Items ?? []).reduce((sum, item) => sum + itemSize(item), 0);
    const { name, key, indexes } = tableOf(access.table);
    const of = access.index === undefined ? `${name}/*` : `${name}:${access.index}`;
    const ownKey = indexes.find((index) => index.name === access.index)?.indexKey ?? key;
    const partition = partitionOf(access.index === undefined ? name : of, ownKey, Items?.[0]);
    return [{ of, partition, command, bytes, wru: 0, rru: readUnits(bytes, access.consistency) }];
  };

  const chargeWrite = async (
    { table: physicalName, key, item, transactional }: Access & { kind: 'write' },
    before: StoredItem | undefined,
    command: string,
  ): Promise<Charge[]> => {
    const table = tableOf(physicalName);
    const after = await observe(physicalName, key);
    const sizes = [before, after, item].map((image) => itemSize(image ?? {}));
    const bytes = Math.max(...sizes);
    const indexed = table.indexes.flatMap((index): Charge[] => {
      const wru = indexWriteUnits(before, after, index, transactional);
      const of = `${table.name}:${index.name}`;
      const partition = partitionOf(of, index.indexKey, after ?? before);
      return wru === 0 ? [] : [{ of, partition, command, bytes: 0, wru, rru: 0 }];
    });
    const partition = partitionOf(table.name, table.key, key);
    return [
      { of: kindOf(table, key), partition, command, bytes, wru: writeUnits(bytes, 0, transactional), rru: 0 },
      ...indexed,
    ];
  };

  /** Prepares the charges of one request as it leaves; the function it gives completes them after the reply. */
  const charging = async (access: Access, command: string): Promise<() => Promise<Charge[]>> => {
    switch (access.kind) {
      case 'read':
        return () => chargeRead(access, command);
      case 'query':
        return () => chargeQuery(access, command);
      case 'write': {
        const before = await observe(access.table, access.key);
        return () => chargeWrite(access, before, command);
      }
    }
  };

  return {
    /** Runs work and says what it used; one work at a time. */
    async measure<Result>(work: () => Promise<Result>): Promise<{ result: Result; usage: Usage }> {
      const trips = roundTrips();
      const charges: Charge[] = [];
      let requests = 0;

      db.middlewareStack.add(
        (next, { commandName = '' }) =>
          async (args) => {
            const accesses = readRequest(commandName, args.input);
            const direction: Direction = accesses.some(({ kind }) => kind === 'write') ? 'write' : 'read';
            requests += 1;
            // Before anything is awaited, so that requests sent together are seen together.
            const answered = trips.begin(direction);
            const pending = await Promise.all(accesses.map((access) => charging(access, commandName)));
            const settle = async (): Promise<void> => {
              charges.push(...(await Promise.all(pending.map((complete) => complete()))).flat());
            };
            try {
              const reply = await next(args);
              await settle();
              return reply;
            } catch (error) {
              if (error instanceof Error && CHARGED_FAILURES.has(error.name)) await settle();
              throw error;
            } finally {
              answered();
            }
          },
        // Inside the SDK's retries, and where the input is in DynamoDB's own notation.
        { name: MIDDLEWARE, step: 'deserialize', priority: 'high', override: true },
      );
      try {
        const result = await work();
        return {
          result,
          usage: {
            requests,
            roundTrips: trips.all(),
            readRoundTrips: trips.of('read'),
            writeRoundTrips: trips.of('write'),
            wru: total(charges, 'wru'),
            rru: total(charges, 'rru'),
            charges,
          },
        };
      } finally {
        db.middlewareStack.remove(MIDDLEWARE);
      }
    },
  };
};
