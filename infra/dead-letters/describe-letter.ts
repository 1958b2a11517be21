import * as z from 'zod';
import { contentOf } from '#shared/messages/queue-messages.ts';
import { detailTypeIn, eventIn, type LetterKind } from './letter-kind.ts';

const Account = z.object({ requestContext: z.object({ requestId: z.string(), functionArn: z.string() }) });
const OfRecords = z.object({ DDBStreamBatchInfo: z.object({ streamArn: z.string() }) });
const OfObject = z.object({ detail: z.object({ object: z.object({ key: z.string() }) }) });
const OfScan = z.object({
  detail: z.object({
    s3ObjectDetails: z.object({ objectKey: z.string() }),
    scanResultDetails: z.object({ scanResultStatus: z.string() }),
  }),
});

/** What an event of S3, GuardDuty or Scheduler is about. */
const aboutOf = (content: unknown): string => {
  const event = eventIn(content);
  const { data: object } = OfObject.safeParse(event);
  if (object !== undefined) return object.detail.object.key;
  const { data: scan } = OfScan.safeParse(event);
  if (scan !== undefined) {
    const { s3ObjectDetails, scanResultDetails } = scan.detail;
    return `${s3ObjectDetails.objectKey} ${scanResultDetails.scanResultStatus}`;
  }
  const { data: records } = OfRecords.safeParse(content);
  if (records !== undefined) return `records of ${records.DDBStreamBatchInfo.streamArn}`;
  return z.strictObject({}).safeParse(event).success ? 'a tick' : 'what this program does not know';
};

/** Which function failed, and the invocation that JOB_FAULT carries; nothing of what no function was given. */
const failedIn = (content: unknown): string[] => {
  const { data: account } = Account.safeParse(content);
  if (account === undefined) return [];
  const { functionArn, requestId } = account.requestContext;
  // arn:aws:lambda:REGION:ACCOUNT:function:NAME:VERSION
  return [functionArn.split(':')[6] ?? functionArn, requestId];
};

/**
 * What `list` prints of a letter. Our own messages and what Lambda tells of a stream hold ids and attempts, and are printed as they are; an event of S3 holds
 * the address that a file came from, so of events no more is said than what they are about.
 */
export const describeLetter = (kind: LetterKind, body: string): string => {
  switch (kind) {
    case 'mail':
    case 'webhook':
    case 'events':
    case 'exports':
      return body;
    case 'scans':
    case 'jobs': {
      const content = contentOf(body);
      return [...failedIn(content), detailTypeIn(content) ?? [], aboutOf(content)].flat().join(' ');
    }
  }
};
