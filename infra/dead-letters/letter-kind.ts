import * as z from 'zod';
import { contentOf, kindOfMessage } from '#shared/messages/queue-messages.ts';

/** What letters are of: two kinds of messages, two streams, and whatever else Lambda, Scheduler or EventBridge gave up. */
export const LETTER_KINDS = ['mail', 'webhook', 'events', 'exports', 'jobs'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

const OfStream = z.object({ DDBStreamBatchInfo: z.object({ streamArn: z.string() }) });
/**
 * Tells letters apart by what they say.
 *
 * @param tableName physical names by logical id: of a stream, Lambda tells the place alone
 */
export const kindOfLetter = (body: string, tableName: (logicalId: string) => string): LetterKind => {
  const content = contentOf(body);
  const { data: ofStream } = OfStream.safeParse(content);
  if (ofStream !== undefined) {
    const isOf = (table: string) => ofStream.DDBStreamBatchInfo.streamArn.includes(`:table/${tableName(table)}/`);
    return isOf('HistoryTable') ? 'events' : isOf('ExportsTable') ? 'exports' : 'jobs';
  }
  return kindOfMessage(content) ?? 'jobs';
};
