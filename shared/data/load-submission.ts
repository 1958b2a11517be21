import { setTimeout as wait } from 'node:timers/promises';
import { type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { jointState } from '#shared/domain/submission/partners.ts';
import type {
  Attachment,
  LateAttempts,
  Partner,
  Submission,
  SubmissionHead,
} from '#shared/domain/submission/submission.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { parseItem } from './parse-item.ts';
import {
  ATTACHMENT,
  answersKey,
  isPartnerItem,
  parseAnswers,
  parseAttachment,
  parseLate,
  parsePartners,
  parseSubmissionHead,
} from './submission-items.ts';

const ItemName = z.object({ item: z.string() });

/** A transaction is seen in part for milliseconds at most: pauses of 10, 20 and 40 ms are plenty. */
const ATTEMPTS = 4;
const FIRST_PAUSE_MS = 10;

/** What was read; `torn`: parts of two writes. */
type Reading = Submission | 'torn' | undefined;

const parseAttachments = (items: readonly unknown[]): Attachment[] =>
  items
    .map(parseAttachment)
    .filter((attachment) => attachment !== undefined)
    .sort((a, b) => (a.createdAt + a.attachmentId < b.createdAt + b.attachmentId ? -1 : 1));

/** The head counts its attachments, knows its answers' revision and what its partners are: where the items beside it differ, they are of another write. */
const together = (
  head: SubmissionHead,
  attachments: readonly Attachment[],
  partners: readonly Partner[],
  answersItem: unknown,
  late: LateAttempts | undefined,
): Reading => {
  const { answersRevision, answers } = parseAnswers(answersItem);
  const isOfOneWrite =
    answersRevision === head.answersRevision &&
    attachments.length === head.attachmentCount &&
    jointState(partners)?.digest === head.joint?.digest;
  return isOfOneWrite ? { head, answers, attachments, partners, late } : 'torn';
};

/**
 * Reads backwards, so that partners, head, attachments and the current answers come before the answers of editions that were withdrawn; those may fill further
 * pages and are not fetched.
 */
const readOnce = async (db: DynamoDBDocumentClient, tableName: string, submissionId: string): Promise<Reading> => {
  let head: SubmissionHead | undefined;
  let late: LateAttempts | undefined;
  const attachments: unknown[] = [];
  const partners: unknown[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await db.send(
      new QueryCommand({
        TableName: tableName,
        KeyConditionExpression: 'submissionId = :submissionId',
        ExpressionAttributeValues: { ':submissionId': submissionId },
        ScanIndexForward: false,
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    for (const stored of page.Items ?? []) {
      const { item } = parseItem('submission item', ItemName, stored);
      if (isPartnerItem(item)) partners.push(stored);
      else if (item === 'late') late = parseLate(stored);
      else if (item === 'head') head = parseSubmissionHead(stored);
      else if (item.startsWith(ATTACHMENT)) attachments.push(stored);
      else if (head !== undefined && item === answersKey(submissionId, head.edition).item)
        return together(head, parseAttachments(attachments), parsePartners(partners), stored, late);
    }
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return head === undefined ? undefined : 'torn';
};

/**
 * All of a submission as one write left it, strongly consistent, in one query. A query is no snapshot: it can meet the head of a transaction and not yet
 * its answers, attachments or partners, and a submit bound to that head alone would pin what was not read. Such a reading is done again.
 *
 * @returns undefined for what is unknown or deleted
 * @throws Unavailable where no attempt read one state
 */
export const loadSubmission = async (
  db: DynamoDBDocumentClient,
  tableName: string,
  submissionId: string,
): Promise<Submission | undefined> => {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (attempt > 0) await wait(FIRST_PAUSE_MS * 2 ** (attempt - 1));
    const reading = await readOnce(db, tableName, submissionId);
    if (reading !== 'torn') return reading;
  }
  throw new Unavailable('The items of a submission were of different writes at every reading');
};
