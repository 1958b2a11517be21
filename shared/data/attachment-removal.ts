import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { removedEntry } from '#shared/domain/history/submission-entries.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { changeFiles, type FilesPlace } from './change-files.ts';
import { attachmentKey, COLLECT, SWEEP_MS } from './submission-items.ts';
import { recordChange } from './submission-writes.ts';

export type AttachmentRemoval = ReturnType<typeof attachmentRemoval>;

/** Files taken out of a draft, each with its entry in the history. */
export const attachmentRemoval = (
  db: DynamoDBDocumentClient,
  tables: { readonly submissions: string; readonly history: string },
) => ({
  /**
   * Takes an attachment out of a draft; its object is left to the collector. `notFound`: there is none (any more).
   *
   * @param by subject of the applicant; undefined for the collector, to which the file never came
   * @param now ms
   */
  async removeAttachment(
    read: FilesPlace,
    attachmentId: string,
    { by, now }: { by: string | undefined; now: number },
  ): Promise<'removed' | 'moved' | 'notFound'> {
    const { submissionId } = read;
    const failed = await changeFiles(db, tables.submissions, read, { by: -1, now }, (place) => [
      {
        Update: {
          TableName: tables.submissions,
          Key: attachmentKey(submissionId, attachmentId),
          UpdateExpression: 'SET #state = :removed, collect = :collect, collectAt = :collectAt',
          ConditionExpression: 'attribute_exists(submissionId) AND #state <> :removed',
          ExpressionAttributeNames: { '#state': 'state' },
          ExpressionAttributeValues: {
            ':removed': 'removed',
            ':collect': COLLECT,
            ':collectAt': toInstant(now + SWEEP_MS),
          },
        },
      },
      recordChange(tables.history, place, removedEntry(attachmentId, toInstant(now), by)),
    ]);
    if (failed.length === 0) return 'removed';
    return failed.some(({ position }) => position === 0) ? 'moved' : 'notFound';
  },
});
