import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Tally } from '#shared/data/tally-items.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { CALL_ID, type Sent, type SubmissionWorld, send, WHILE_OPEN } from './submission-world.ts';

const TransactInput = z.object({ TransactItems: z.array(z.unknown()) });

/** Steps that tests take before what they are about. Each throws where it did not work. */

export const SHA256 = 'ab'.repeat(32);

const textOf = (body: Record<string, unknown>, name: string): string => {
  const value = body[name];
  if (typeof value !== 'string') throw new Error(`The reply has no ${name}: ${JSON.stringify(body)}`);
  return value;
};

export const newDraft = async ({ app }: SubmissionWorld, sent: Sent & { category?: string } = {}): Promise<string> => {
  const { category = '1', ...rest } = sent;
  const reply = await send(app.create, {
    params: { callId: CALL_ID },
    body: { category, answers: { name: '学会能力提升' } },
    ...rest,
  });
  return textOf(reply.body, 'submissionId');
};

/** Announces a PDF of 1,000 bytes for the required material. */
export const announced = async ({ app }: SubmissionWorld, submissionId: string, sent: Sent = {}): Promise<string> => {
  const reply = await send(app.announce, {
    params: { submissionId },
    body: {
      material: 'application',
      filename: '申报书.pdf',
      size: 1_000,
      contentType: 'application/pdf',
      sha256: SHA256,
    },
    ...sent,
  });
  return textOf(reply.body, 'attachmentId');
};

/** Puts bytes as announced, or others, into the bucket; gives key and version. */
export const uploaded = (
  { bucket }: SubmissionWorld,
  submissionId: string,
  attachmentId: string,
  file: Partial<Parameters<SubmissionWorld['bucket']['store']>[1]> = {},
): { key: string; versionId: string } => {
  const key = attachmentObjectKey(submissionId, attachmentId);
  const versionId = bucket.store(key, { size: 1_000, sha256: SHA256, family: 'pdf', storedAt: WHILE_OPEN, ...file });
  return { key, versionId };
};

/** A draft with everything a submit asks for; its file is uploaded, its event has not come. */
export const readyDraft = async (
  world: SubmissionWorld,
  sent: Sent & { category?: string } = {},
): Promise<{ submissionId: string; attachmentId: string }> => {
  const submissionId = await newDraft(world, sent);
  const attachmentId = await announced(
    world,
    submissionId,
    sent.subject === undefined ? {} : { subject: sent.subject },
  );
  uploaded(world, submissionId, attachmentId);
  return { submissionId, attachmentId };
};

/** Who acts for each unit of the world. */
const APPLICANTS: Readonly<Record<string, string>> = {
  'unit-1': 'secretary',
  'unit-2': 'secretary-2',
  company: 'outsider',
};

/** The subject of a unit's user. */
export const applicantOf = (unitId: string): string => {
  const subject = APPLICANTS[unitId];
  if (subject === undefined) throw new Error(`The world has no unit ${unitId}.`);
  return subject;
};

/** A unit's consent, by its own user. */
export const consented = async ({ app }: SubmissionWorld, submissionId: string, unitId: string): Promise<void> => {
  const reply = await send(app.consent, { params: { submissionId }, subject: applicantOf(unitId) });
  if (reply.status !== 200) throw new Error(`No consent: ${JSON.stringify(reply.body)}`);
};

/**
 * A draft of `lead` with everything a submit asks for, naming `partners`; all of them have consented unless `consenting` says which. The call has to
 * allow joint applications (`joint: { allowed: true }`).
 */
export const jointDraft = async (
  world: SubmissionWorld,
  {
    lead = 'unit-1',
    partners,
    consenting = partners,
    category = '1',
  }: { lead?: string; partners: readonly string[]; consenting?: readonly string[]; category?: string },
): Promise<string> => {
  const subject = applicantOf(lead);
  const { submissionId } = await readyDraft(world, { subject, category });
  const named = await send(world.app.namePartners, { params: { submissionId }, subject, body: { partners } });
  if (named.status !== 200) throw new Error(`Not named: ${JSON.stringify(named.body)}`);
  for (const unitId of consenting) await consented(world, submissionId, unitId);
  return submissionId;
};

/** Every tally of the call. */
export const talliesOf = async ({ tallies }: SubmissionWorld): Promise<Tally[]> => {
  const all: Tally[] = [];
  for await (const tally of tallies.allOfCall(CALL_ID)) all.push(tally);
  return all;
};

/** Makes the next transaction lose its idempotency key, the last write of it, to a request that leaves none behind: one that was taken back at once. */
export const loseKeyToNobody = ({ db }: SubmissionWorld): void => {
  let lost = false;
  db.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName !== 'TransactWriteItemsCommand' || lost) return next(args);
      lost = true;
      const { TransactItems: writes } = TransactInput.parse(args.input);
      throw new TransactionCanceledException({
        message: 'injected',
        $metadata: {},
        CancellationReasons: writes.map((_, place) => ({
          Code: place === writes.length - 1 ? 'ConditionalCheckFailed' : 'None',
        })),
      });
    },
    { step: 'initialize', name: 'lose-key' },
  );
};
