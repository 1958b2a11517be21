import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { Receipt } from '#shared/contract/receipts.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { attached, detached } from '#shared/domain/detached-jws.ts';
import { unpack } from './packed-json.ts';
import { parseItem } from './parse-item.ts';

/** A receipt as it was issued, and what became of it. */
export interface SignableReceipt {
  readonly receipt: Receipt;
  /** Its canonical JSON (RFC 8785), field by field as it was issued: what is signed. */
  readonly text: string;
  /** Absent while nobody has asked for it. */
  readonly jws?: string | undefined;
  /** Instant of the withdrawal that made it void. */
  readonly withdrawnAt?: string | undefined;
}

const Kept = z.object({ jws: z.string().optional() });
const SignedReceiptItem = Kept.extend({ receipt: z.instanceof(Uint8Array), withdrawnAt: z.string().optional() });

export type SignedReceiptsRepository = ReturnType<typeof signedReceiptsRepository>;

/** Receipts with their signatures. Of a JWS the item keeps all but the payload, which is the receipt beside it. */
export const signedReceiptsRepository = (db: DynamoDBDocumentClient, tableName: string) => ({
  /** Strongly consistent. */
  async find(receiptNo: string): Promise<SignableReceipt | undefined> {
    const { Item } = await db.send(new GetCommand({ TableName: tableName, Key: { receiptNo }, ConsistentRead: true }));
    if (Item === undefined) return undefined;
    const { receipt: packed, jws, withdrawnAt } = parseItem('receipt', SignedReceiptItem, Item);
    const issued = unpack(packed);
    const text = canonicalJson(issued);
    return {
      receipt: parseItem('receipt body', Receipt, issued),
      text,
      jws: jws === undefined ? undefined : attached(jws, text),
      withdrawnAt,
    };
  },

  /** Keeps the JWS of a receipt's text unless one is kept already. @returns the one that is kept: the same for all who sign at once */
  async keepFirst({ receipt: { receiptNo }, text }: SignableReceipt, jws: string): Promise<string> {
    const { Attributes } = await db.send(
      new UpdateCommand({
        TableName: tableName,
        Key: { receiptNo },
        UpdateExpression: 'SET jws = if_not_exists(jws, :jws)',
        ConditionExpression: 'attribute_exists(receiptNo)',
        ExpressionAttributeValues: { ':jws': detached(jws) },
        ReturnValues: 'UPDATED_NEW',
      }),
    );
    return attached(parseItem('signature', Kept.required(), Attributes).jws, text);
  },
});
