import type * as z from 'zod';
import { Problem } from '#shared/contract/problem.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import {
  consentToSubmission,
  createSubmission,
  Submission,
  SubmissionHead,
  saveAnswers,
  savePartners,
} from '#shared/contract/submissions.ts';
import { attach, pdf } from '#test/support/client.ts';
import type { NoticeWorld } from './notice-world.ts';
import type { Json } from './trial.ts';

/** One draft on somebody's desk, and what its unit does with it. */
export interface Desk {
  readonly unitId: string;
  readonly path: string;
  /** Answers in place of those before; the refusal, where there is one. */
  readonly save: (answers: Json) => Promise<Problem | undefined>;
  readonly attach: (material: string) => Promise<void>;
  /** Takes every file of a material away. */
  readonly detach: (material: string) => Promise<void>;
  readonly name: (units: readonly string[]) => Promise<Problem | undefined>;
  readonly consent: (unitId: string) => Promise<void>;
  readonly submit: () => Promise<Receipt | Problem>;
  readonly withdraw: () => Promise<void>;
  readonly read: () => Promise<z.output<typeof Submission>>;
}

/** Half a minute for the event function on a busy machine. */
const LOOKS = 300;

/** A new draft with these answers. */
export const openDesk = async (
  { path: call, applicant, partner }: NoticeWorld,
  unitId: string,
  category: string,
  answers: Json,
): Promise<Desk> => {
  const { body: draft } = await applicant.read(createSubmission.reply, 201, 'POST', `${call}/submissions`, {
    json: { category, unitId, answers },
  });
  const { submissionId } = draft;
  const path = `/submissions/${submissionId}`;
  const read = async () => (await applicant.read(Submission, 200, 'GET', path)).body;
  const refusal = (status: number, text: string): Problem | undefined =>
    status === 200 ? undefined : Problem.parse(JSON.parse(text));

  const admitted = async (attachmentId: string): Promise<void> => {
    for (let look = 0; look < LOOKS; look += 1) {
      const file = (await read()).attachments.find((one) => one.attachmentId === attachmentId);
      if (file?.state === 'admitted') return;
      if (file?.state === 'refused') throw new Error(`${file.filename} was refused: ${file.reason}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`The event function did not look at ${attachmentId}.`);
  };

  return {
    unitId,
    path,
    read,
    save: async (json) => {
      const options = { json, headers: { 'if-match': '*' } };
      const { status, text } = await applicant.send('PUT', `${path}/answers`, options);
      if (status === 200) saveAnswers.reply.parse(JSON.parse(text));
      return refusal(status, text);
    },
    attach: async (material) => {
      const bytes = pdf(`${submissionId} ${material}`);
      const contentType = 'application/pdf';
      await admitted(
        await attach(applicant, submissionId, { material, filename: `${material}.pdf`, contentType, bytes }),
      );
    },
    detach: async (material) => {
      const { attachments } = await read();
      for (const file of attachments.filter((one) => one.material === material)) {
        const { status } = await applicant.send('DELETE', `${path}/attachments/${file.attachmentId}`);
        if (status !== 204) throw new Error(`A file was deleted with ${status}.`);
      }
    },
    name: async (partners) => {
      const { status, text } = await applicant.send('PUT', `${path}/partners`, { json: { partners } });
      if (status === 200) savePartners.reply.parse(JSON.parse(text));
      return refusal(status, text);
    },
    consent: async (unit) => {
      const json = { unitId: unit };
      await partner.read(consentToSubmission.reply, 200, 'POST', `${path}/consent`, { json });
    },
    submit: async () => {
      const { status, text } = await applicant.send('POST', `${path}/submit`);
      return status === 200 ? Receipt.parse(JSON.parse(text)) : Problem.parse(JSON.parse(text));
    },
    withdraw: async () => {
      await applicant.read(SubmissionHead, 200, 'POST', `${path}/withdraw`);
    },
  };
};
