import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { type DynamoDBDocumentClient, GetCommand, UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ExportFailure } from '#shared/contract/exports.ts';
import { type Export, type ExportedPart, type ExportPlan, partCount } from '#shared/domain/export/export.ts';
import { batchGet } from './batch-get.ts';
import { batchPut } from './batch-put.ts';
import {
  type ExportStep,
  exportItem,
  exportKey,
  parseExport,
  parsePart,
  partItem,
  partKey,
  stepItem,
  type ToldStep,
} from './export-items.ts';
import { type TransactWrite, transact } from './transact.ts';

export type ExportsRepository = ReturnType<typeof exportsRepository>;

const Runs = z.object({ runs: z.int() });

const firstStep = ({ exportId, format }: Export): ExportStep =>
  format === 'zip' ? { exportId } : { exportId, part: 1 };

/** Exports, and what of them is done. An export that failed stays failed: every change has the condition that it did not. */
export const exportsRepository = (db: DynamoDBDocumentClient, tableName: string) => {
  /** @returns what it is afterwards; undefined where the condition did not hold */
  const update = async (
    exportId: string,
    change: Pick<UpdateCommandInput, 'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>,
    condition = 'attribute_exists(exportId) AND attribute_not_exists(failure)',
  ): Promise<Export | undefined> => {
    try {
      const { Attributes } = await db.send(
        new UpdateCommand({
          TableName: tableName,
          Key: exportKey(exportId),
          ConditionExpression: condition,
          ReturnValues: 'ALL_NEW',
          ...change,
        }),
      );
      return parseExport(Attributes);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };

  const find = async (exportId: string): Promise<Export | undefined> => {
    const { Item } = await db.send(
      new GetCommand({ TableName: tableName, Key: exportKey(exportId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : parseExport(Item);
  };

  return {
    /** Strongly consistent. */
    find,

    /** Writes what is to be written, the creation and its first step among it. False: a condition did not hold. */
    async createWith(one: Export, others: readonly TransactWrite[]): Promise<boolean> {
      const failed = await transact(db, [
        { Put: { TableName: tableName, Item: exportItem(one), ConditionExpression: 'attribute_not_exists(exportId)' } },
        { Put: { TableName: tableName, Item: stepItem(firstStep(one), one) } },
        ...others,
      ]);
      return failed.length === 0;
    },

    /** The parts that are done, in their order. Strongly consistent. */
    async parts(one: Export): Promise<ExportedPart[]> {
      const keys = Array.from({ length: partCount(one) ?? 0 }, (_, index) => partKey(one.exportId, index + 1));
      const parts = (await batchGet(db, tableName, keys)).map(parsePart);
      return parts.sort((first, second) => first.part - second.part);
    },

    /** Whether a part is done. Strongly consistent. */
    async isPartDone(exportId: string, part: number): Promise<boolean> {
      const { Item } = await db.send(
        new GetCommand({ TableName: tableName, Key: partKey(exportId, part), ConsistentRead: true }),
      );
      return Item !== undefined;
    },

    /** Tells the job of every part that is to be written; one that was told before is not told again. */
    addParts: (one: Export, parts: number): Promise<void> =>
      batchPut(
        db,
        tableName,
        Array.from({ length: parts }, (_, index) => stepItem({ exportId: one.exportId, part: index + 1 }, one)),
      ),

    /** Counts a run of a step that begins. @returns the how-manieth it is; undefined where the step is gone */
    async countRun(key: ToldStep['key']): Promise<number | undefined> {
      try {
        const { Attributes } = await db.send(
          new UpdateCommand({
            TableName: tableName,
            Key: key,
            UpdateExpression: 'ADD runs :one',
            ConditionExpression: 'attribute_exists(exportId)',
            ExpressionAttributeValues: { ':one': 1 },
            ReturnValues: 'UPDATED_NEW',
          }),
        );
        return Runs.parse(Attributes).runs;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    /** Notes that somebody works on it. `at` is an instant. @returns it, unless it failed or is gone */
    begin: (exportId: string, at: string): Promise<Export | undefined> =>
      update(exportId, {
        UpdateExpression: 'SET startedAt = if_not_exists(startedAt, :at), touchedAt = :at',
        ExpressionAttributeValues: { ':at': at },
      }),

    /** Notes how far a run is that is the only one of its export. `at` is an instant. */
    async note(exportId: string, { done, of, at }: { done: number; of: number; at: string }): Promise<void> {
      await update(exportId, {
        UpdateExpression: 'SET done = :done, #of = :of, touchedAt = :at',
        ExpressionAttributeNames: { '#of': 'of' },
        ExpressionAttributeValues: { ':done': done, ':of': of, ':at': at },
      });
    },

    /** Keeps how an archive is divided, if it is not divided yet. @returns how it is divided from now on, if it did not fail or go */
    async divideOnce(
      exportId: string,
      { plan, of, at }: { plan: ExportPlan; of: number; at: string },
    ): Promise<Export | undefined> {
      const divided = await update(
        exportId,
        {
          UpdateExpression: 'SET #plan = :plan, #of = :of, touchedAt = :at',
          ExpressionAttributeNames: { '#plan': 'plan', '#of': 'of' },
          ExpressionAttributeValues: { ':plan': plan, ':of': of, ':at': at },
        },
        'attribute_exists(exportId) AND attribute_not_exists(failure) AND attribute_not_exists(#plan)',
      );
      return divided ?? find(exportId);
    },

    /** Counts a part as done, once; `looked` submissions more were looked at for it. False where it was done already, or the export failed. */
    async finishPartOnce(
      one: Export,
      part: ExportedPart,
      { looked, at }: { looked: number; at: string },
    ): Promise<boolean> {
      const failed = await transact(db, [
        {
          Put: {
            TableName: tableName,
            Item: partItem(one, part),
            ConditionExpression: 'attribute_not_exists(exportId)',
          },
        },
        {
          Update: {
            TableName: tableName,
            Key: exportKey(one.exportId),
            UpdateExpression: 'SET touchedAt = :at ADD partsDone :one, done :looked',
            ConditionExpression: 'attribute_exists(exportId) AND attribute_not_exists(failure)',
            ExpressionAttributeValues: { ':at': at, ':one': 1, ':looked': looked },
          },
        },
      ]);
      return failed.length === 0;
    },

    /** Gives an export up that is not done. `at` is an instant. False where it was done, had failed or was gone. */
    async failOnce(one: Export, failure: ExportFailure, at: string): Promise<boolean> {
      const failed = await update(
        one.exportId,
        {
          UpdateExpression: 'SET failure = :failure, touchedAt = :at',
          ExpressionAttributeValues: { ':failure': failure, ':at': at, ':parts': partCount(one) ?? 1 },
        },
        // An export that is gone has no parts to compare.
        'attribute_not_exists(failure) AND partsDone < :parts',
      );
      return failed !== undefined;
    },
  };
};
