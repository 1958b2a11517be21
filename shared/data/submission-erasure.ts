import { DeleteCommand, type DynamoDBDocumentClient, paginateQuery, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { Receipt } from '#shared/contract/receipts.ts';
import type { HistoryEntry } from '#shared/domain/history/entry.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import { historyOfSubmission, parseHistory } from './history-items.ts';
import { ifHeld } from './if-held.ts';
import { pack } from './packed-json.ts';
import { parseItem } from './parse-item.ts';
import { receiptsRepository } from './receipts-repository.ts';
import { ATTACHMENT, answersItem, answersKey, lateKey } from './submission-items.ts';
import { recordChange, replaceHead } from './submission-writes.ts';
import { type TransactWrite, transact } from './transact.ts';

const Place = z.object({ submissionId: z.string(), item: z.string() });
const OfReceipt = z.object({ receiptNo: z.string() });

/** What stays of a receipt: numbers, instants and digests. Its file names go, so its digest can be recomputed from copies alone that its unit has kept. */
const withoutNames = (receipt: Receipt): Receipt => ({
  ...receipt,
  attachments: receipt.attachments.map((attachment) => ({ ...attachment, filename: '' })),
});

export type SubmissionErasure = ReturnType<typeof submissionErasure>;

/** Takes out of a submission what its call keeps no longer. Each step may be done twice. */
export const submissionErasure = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly receipts: string; readonly history: string },
) => {
  const receipts = receiptsRepository(db, tables.receipts);

  /** Numbers of all receipts a submission was ever given, by its history. */
  const receiptsOf = async (submissionId: string): Promise<string[]> => {
    const pages = paginateQuery(
      { client: db },
      {
        TableName: tables.history,
        KeyConditionExpression: 'subject = :subject',
        ExpressionAttributeValues: { ':subject': historyOfSubmission(submissionId) },
        ConsistentRead: true,
      },
    );
    const numbers: string[] = [];
    for await (const { Items = [] } of pages) {
      for (const { action, details } of Items.flatMap(parseHistory)) {
        const given = action === 'submitted' ? OfReceipt.safeParse(details).data : undefined;
        if (given !== undefined) numbers.push(given.receiptNo);
      }
    }
    return numbers;
  };

  return {
    /** Takes the file names out of every receipt a submission was given, and the signatures over them. */
    async eraseReceipts(submissionId: string): Promise<void> {
      for (const receiptNo of await receiptsOf(submissionId)) {
        const stored = await receipts.find(receiptNo);
        if (stored === undefined) continue;
        await db.send(
          new UpdateCommand({
            TableName: tables.receipts,
            Key: { receiptNo },
            UpdateExpression: 'SET receipt = :receipt REMOVE jws',
            ConditionExpression: 'attribute_exists(receiptNo)',
            ExpressionAttributeValues: { ':receipt': pack(withoutNames(stored.receipt)) },
          }),
        );
      }
    },

    /** Takes the file names out of a submission's attachments, and deletes the answers of editions that were withdrawn. */
    async eraseItems({ submissionId, edition }: SubmissionHead): Promise<void> {
      const current = answersKey(submissionId, edition).item;
      const pages = paginateQuery(
        { client: db },
        {
          TableName: tables.submissions,
          KeyConditionExpression: 'submissionId = :submissionId',
          ExpressionAttributeValues: { ':submissionId': submissionId },
          ProjectionExpression: 'submissionId, #item',
          ExpressionAttributeNames: { '#item': 'item' },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        for (const stored of Items) {
          const key = parseItem('submission item', Place, stored);
          if (key.item.startsWith('answers#') && key.item !== current)
            await db.send(new DeleteCommand({ TableName: tables.submissions, Key: key }));
          if (key.item.startsWith(ATTACHMENT))
            await ifHeld(
              db.send(
                new UpdateCommand({
                  TableName: tables.submissions,
                  Key: key,
                  UpdateExpression: 'SET filename = :none REMOVE versionId',
                  ConditionExpression: 'attribute_exists(submissionId)',
                  ExpressionAttributeValues: { ':none': '' },
                }),
              ),
            );
        }
      }
    },

    /**
     * Deletes the answers of a submission that is still as it was read, once its files and names are gone: head, answers and history in one transaction with what
     * is `beside`. The head keeps ids, instants and digests.
     */
    async eraseOnce(
      read: SubmissionHead,
      entry: HistoryEntry,
      beside: readonly TransactWrite[],
    ): Promise<'erased' | 'moved'> {
      const next = { ...read, contentRevision: read.contentRevision + 1, updatedAt: entry.at, erasedAt: entry.at };
      const failed = await transact(db, [
        replaceHead(tables.submissions, next, read),
        { Put: { TableName: tables.submissions, Item: answersItem(next, {}) } },
        recordChange(tables.history, read, entry),
        ...beside,
      ]);
      return failed.length === 0 ? 'erased' : 'moved';
    },

    /** Deletes the record of refused late submits, with what is `beside`. `gone`: another run has; `moved`: what is beside it is another by now. */
    async forgetLate(submissionId: string, beside: readonly TransactWrite[]): Promise<'deleted' | 'gone' | 'moved'> {
      const failed = await transact(db, [
        {
          Delete: {
            TableName: tables.submissions,
            Key: lateKey(submissionId),
            ConditionExpression: 'attribute_exists(submissionId)',
          },
        },
        ...beside,
      ]);
      if (failed.length === 0) return 'deleted';
      return failed.every(({ position }) => position === 0) ? 'gone' : 'moved';
    },
  };
};
