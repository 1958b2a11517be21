import * as z from 'zod';
import { contentOf, kindOfMessage } from '#shared/messages/queue-messages.ts';
import { SCAN_RESULT } from '#shared/storage/keep-scan-result.ts';

/** What letters are of: two kinds of messages, two streams, results of malware scans, and whatever else Lambda, Scheduler or EventBridge gave up. */
export const LETTER_KINDS = ['mail', 'webhook', 'events', 'exports', 'scans', 'jobs'] as const;
export type LetterKind = (typeof LETTER_KINDS)[number];

const OfStream = z.object({ DDBStreamBatchInfo: z.object({ streamArn: z.string() }) });
/** What Lambda tells of an event that a function failed at: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
const GivenUpByLambda = z.object({ requestPayload: z.unknown() });
const OfEventBridge = z.object({ 'detail-type': z.string() });

/** The event that a letter is about: what EventBridge or Scheduler could not hand over is the letter itself, what a function failed at stands in Lambda's account of it. */
export const eventIn = (content: unknown): unknown => {
  const { data: account } = GivenUpByLambda.safeParse(content);
  return account === undefined ? content : account.requestPayload;
};

/** What EventBridge calls the event that a letter is about; undefined for what is none of its own. */
export const detailTypeIn = (content: unknown): string | undefined =>
  OfEventBridge.safeParse(eventIn(content)).data?.['detail-type'];

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
  return kindOfMessage(content) ?? (detailTypeIn(content) === SCAN_RESULT ? 'scans' : 'jobs');
};
