import * as z from 'zod';

/** What letters are of: two kinds of messages, two streams, and whatever else Lambda, Scheduler or EventBridge gave up. */
export const LETTER_KINDS = ['mail', 'webhook', 'events', 'exports', 'jobs'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

const OfStream = z.object({ DDBStreamBatchInfo: z.object({ streamArn: z.string() }) });
const OfMail = z.object({ kind: z.enum(['audience', 'letter']) });
const OfWebhook = z.object({ webhook: z.object({}) });

const contentOf = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

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
  if (OfMail.safeParse(content).success) return 'mail';
  return OfWebhook.safeParse(content).success ? 'webhook' : 'jobs';
};
