import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Receipt } from '#shared/contract/receipts.ts';
import { batchGet } from './batch-get.ts';
import { pack, unpack } from './packed-json.ts';
import { parseItem } from './parse-item.ts';
import type { TransactWrite } from './transact.ts';

export interface StoredReceipt {
  readonly receipt: Receipt;
  /** Instant of the withdrawal that made it void. */
  readonly withdrawnAt?: string | undefined;
}

const ReceiptItem = z.object({ receipt: z.instanceof(Uint8Array), withdrawnAt: z.string().optional() });

/** Packed: digests of a few attachments would take an item above 1 KB, and a submit pays by the KB. */
export const newReceipt = (tableName: string, receipt: Receipt): TransactWrite => ({
  Put: {
    TableName: tableName,
    Item: { receiptNo: receipt.receiptNo, receipt: pack(receipt) },
    ConditionExpression: 'attribute_not_exists(receiptNo)',
  },
});

export const voidReceipt = (tableName: string, receiptNo: string, withdrawnAt: string): TransactWrite => ({
  Update: {
    TableName: tableName,
    Key: { receiptNo },
    UpdateExpression: 'SET withdrawnAt = :withdrawnAt',
    ConditionExpression: 'attribute_exists(receiptNo)',
    ExpressionAttributeValues: { ':withdrawnAt': withdrawnAt },
  },
});

const parseReceipt = (item: unknown): StoredReceipt => {
  const { receipt, withdrawnAt } = parseItem('receipt', ReceiptItem, item);
  return { receipt: parseItem('receipt body', Receipt, unpack(receipt)), withdrawnAt };
};

export type ReceiptsRepository = ReturnType<typeof receiptsRepository>;

export const receiptsRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** Strongly consistent. */
  async find(receiptNo: string): Promise<StoredReceipt | undefined> {
    const reply = await db.send(new GetCommand({ TableName: tableName, Key: { receiptNo }, ConsistentRead: true }));
    return reply.Item === undefined ? undefined : parseReceipt(reply.Item);
  },

  /** Strongly consistent, by batches, in no particular order; unknown ones are left out. */
  findAll: async (receiptNos: readonly string[]): Promise<StoredReceipt[]> =>
    (
      await batchGet(
        db,
        tableName,
        receiptNos.map((receiptNo) => ({ receiptNo })),
      )
    ).map(parseReceipt),
});
