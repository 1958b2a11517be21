import {
  BatchGetCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { TableName } from '#infra/tables.ts';
import { headKey } from '#shared/data/call-items.ts';
import { membershipKey } from '#shared/data/memberships-repository.ts';
import { organizationKey } from '#shared/data/organizations-repository.ts';
import { newReceipt } from '#shared/data/receipts-repository.ts';
import { countSubmitted, recordChange, replaceHead } from '#shared/data/submission-writes.ts';
import { deadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import { submittedEntry } from '#shared/domain/history/submission-entries.ts';
import { acceptSubmission } from '#shared/domain/submission/accept-submission.ts';
import type { Submission, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { generateId } from '#shared/runtime/ids.ts';
import type { ReadyDrafts } from './rush-drafts.ts';

/** The requests of one submit, made up beforehand. */
interface PlannedSubmit {
  readonly head: SubmissionHead;
  readonly writes: TransactWriteCommandInput['TransactItems'];
}

/** Decides on drafts as the submit function does, so that only the requests are left to be sent. */
export const planSubmits = (
  tables: Readonly<Record<TableName, string>>,
  { call, rules, unit, subjectOf }: ReadyDrafts,
  drafts: readonly Submission[],
): PlannedSubmit[] =>
  drafts.map((submission) => {
    const request = {
      ...{ submission, call, deadline: deadlineInForce(call, []), rules, unit, partners: [] },
      ...{ receivedAt: Date.now(), receiptNo: generateId() },
    };
    const { read, next, limits, receipt } = acceptSubmission(request);
    return {
      head: read,
      writes: [
        replaceHead(tables.submissions, next, read),
        countSubmitted(tables.tallies, read, next.countedIn ?? [], limits),
        newReceipt(tables.receipts, receipt),
        recordChange(tables.history, read, submittedEntry(read, next, subjectOf(read.unitId))),
      ],
    };
  });

/** What a submit sends, in its order: its own partition, what decides on it, and the transaction. */
export const submitRequests = (
  tables: Readonly<Record<TableName, string>>,
  subject: string,
  { head, writes }: PlannedSubmit,
) => {
  const consistently = (Keys: readonly Record<string, string>[]) => ({ Keys: [...Keys], ConsistentRead: true });
  const memberships = [
    membershipKey(subject, head.unitId, 'applicant'),
    membershipKey(subject, head.organiser, 'officer'),
  ];
  return {
    query: {
      TableName: tables.submissions,
      KeyConditionExpression: 'submissionId = :submissionId',
      ExpressionAttributeValues: { ':submissionId': head.submissionId },
      ScanIndexForward: false,
      ConsistentRead: true,
    },
    batch: {
      RequestItems: {
        [tables.calls]: consistently([headKey(head.callId)]),
        [tables.memberships]: consistently(memberships),
        [tables.organizations]: consistently([organizationKey(head.unitId)]),
      },
    },
    transaction: { TransactItems: writes },
  };
};
export type SubmitRequests = ReturnType<typeof submitRequests>;

/** Of a submit, or of nothing but one write. */
export type BareRequests = Pick<SubmitRequests, 'transaction'> & Partial<SubmitRequests>;

/** Sends them, and does nothing with the replies. */
export const submitBySdk = async (
  db: DynamoDBDocumentClient,
  { query, batch, transaction }: SubmitRequests,
): Promise<void> => {
  await db.send(new QueryCommand(query));
  await db.send(new BatchGetCommand(batch));
  await db.send(new TransactWriteCommand(transaction));
};
