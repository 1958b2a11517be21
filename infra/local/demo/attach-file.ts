import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAttachment } from '#shared/contract/attachments.ts';
import { Submission } from '#shared/contract/submissions.ts';
import { sendFile } from '../seed/send-file.ts';
import type { Actor } from './actor.ts';

/** A small PDF that says one thing. */
export const pdf = (text: string): Uint8Array<ArrayBuffer> =>
  new TextEncoder().encode(`%PDF-1.4\n% ${text}\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n`);

/**
 * Announces a file and sends it straight to S3.
 * @param sent other bytes than those announced, to see them refused
 * @returns S3's answer
 */
export const attachFile = async (
  applicant: Actor,
  submissionId: string,
  file: { filename: string; bytes: Uint8Array<ArrayBuffer>; method: 'POST' | 'PUT'; sent?: Uint8Array<ArrayBuffer> },
): Promise<{ attachmentId: string; status: number; code?: string }> => {
  const declaration = {
    material: 'applicationForm',
    filename: file.filename,
    size: file.bytes.length,
    contentType: 'application/pdf',
    sha256: createHash('sha256').update(file.bytes).digest('hex'),
  };
  const path = `/submissions/${submissionId}/attachments?method=${file.method}`;
  const { attachmentId, upload } = await applicant.ask(createAttachment.reply, 201, 'POST', path, declaration);
  return { attachmentId, ...(await sendFile(upload, file.sent ?? file.bytes)) };
};

/** Waits until the event function has looked at every upload; gives their states by file name. */
export const waitForAdmission = async (applicant: Actor, submissionId: string): Promise<Record<string, string>> => {
  for (;;) {
    const { attachments } = await applicant.ask(Submission, 200, 'GET', `/submissions/${submissionId}`);
    if (attachments.every(({ state }) => state !== 'expected'))
      return Object.fromEntries(attachments.map(({ filename, state }) => [filename, state]));
    await sleep(100);
  }
};
