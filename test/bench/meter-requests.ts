import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Consistency } from './capacity.ts';
import type { StoredItem } from './item-size.ts';

const Item = z.custom<Record<string, AttributeValue>>((value) => typeof value === 'object' && value !== null);
const TableName = z.string();
const Keyed = z.object({ TableName, Key: Item });
const Put = z.object({ TableName, Item });
const Query = z.looseObject({ TableName, IndexName: z.string().optional(), ConsistentRead: z.boolean().optional() });

const Get = Keyed.extend({ ConsistentRead: z.boolean().optional() });
const BatchGet = z.object({
  RequestItems: z.record(TableName, z.object({ Keys: z.array(Item), ConsistentRead: z.boolean().optional() })),
});
const TransactGet = z.object({ TransactItems: z.array(z.object({ Get: Keyed })) });
const BatchWrite = z.object({
  RequestItems: z.record(
    TableName,
    z.array(
      z.object({
        PutRequest: z.object({ Item }).optional(),
        DeleteRequest: z.object({ Key: Item }).optional(),
      }),
    ),
  ),
});
const TransactWrite = z.object({
  TransactItems: z.array(
    z.object({
      Put: Put.optional(),
      Update: Keyed.optional(),
      Delete: Keyed.optional(),
      ConditionCheck: Keyed.optional(),
    }),
  ),
});

/** What one request does, item by item, in DynamoDB's own notation. */
export type Access =
  | { kind: 'read'; table: string; key: StoredItem; consistency: Consistency }
  | { kind: 'query'; table: string; index: string | undefined; input: object; consistency: Consistency }
  /** `item` where the request says what will be there; undefined where an expression does. */
  | { kind: 'write'; table: string; key: StoredItem; item: StoredItem | undefined; transactional: boolean };

const consistency = (strong: boolean | undefined): Consistency => (strong ? 'strong' : 'eventual');

const write = (
  { TableName: table, ...written }: { TableName: string; Key?: StoredItem; Item?: StoredItem },
  transactional: boolean,
): Access => ({
  kind: 'write',
  table,
  key: written.Key ?? written.Item ?? {},
  item: written.Item,
  transactional,
});

const READERS: Readonly<Record<string, (input: unknown) => Access[]>> = {
  GetItemCommand: (input) => {
    const { TableName: table, Key: key, ConsistentRead } = Get.parse(input);
    return [{ kind: 'read', table, key, consistency: consistency(ConsistentRead) }];
  },
  BatchGetItemCommand: (input) =>
    Object.entries(BatchGet.parse(input).RequestItems).flatMap(([table, { Keys, ConsistentRead }]) =>
      Keys.map((key): Access => ({ kind: 'read', table, key, consistency: consistency(ConsistentRead) })),
    ),
  TransactGetItemsCommand: (input) =>
    TransactGet.parse(input).TransactItems.map(
      ({ Get: { TableName: table, Key: key } }): Access => ({ kind: 'read', table, key, consistency: 'transactional' }),
    ),
  QueryCommand: (input) => {
    const query = Query.parse(input);
    const { TableName: table, IndexName: index, ConsistentRead } = query;
    return [{ kind: 'query', table, index, input: query, consistency: consistency(ConsistentRead) }];
  },
  PutItemCommand: (input) => [write(Put.parse(input), false)],
  UpdateItemCommand: (input) => [write(Keyed.parse(input), false)],
  DeleteItemCommand: (input) => [write(Keyed.parse(input), false)],
  BatchWriteItemCommand: (input) =>
    Object.entries(BatchWrite.parse(input).RequestItems).flatMap(([TableName, requests]) =>
      requests.map(({ PutRequest, DeleteRequest }) => write({ TableName, ...PutRequest, ...DeleteRequest }, false)),
    ),
  TransactWriteItemsCommand: (input) =>
    TransactWrite.parse(input).TransactItems.flatMap(({ Put, Update, Delete, ConditionCheck }) =>
      [Put, Update, Delete, ConditionCheck].flatMap((part) => (part === undefined ? [] : [write(part, true)])),
    ),
};

/**
 * What a request does, item by item.
 * @param command name of the SDK's command class
 * @throws Error for a command that is not counted (a scan: no function may scan)
 */
export const readRequest = (command: string, input: unknown): Access[] => {
  const read = READERS[command];
  if (read === undefined) throw new Error(`The meter does not count ${command}`);
  return read(input);
};
