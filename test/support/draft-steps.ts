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
