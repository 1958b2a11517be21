import { createHash } from 'node:crypto';
import { vi } from 'vitest';
import * as z from 'zod';
import { Upload } from '#shared/contract/upload.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { BUCKET, type RunningS3, runS3 } from '#test/integration/local-s3/fixture.ts';
import { newDraft } from '#test/support/draft-steps.ts';
import {
  type Received,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';
import { HONEST } from './disguises.ts';
import { type Form, honestly, sendForm } from './requests.ts';

const Announced = z.object({ attachmentId: z.string(), upload: Upload });

/** How a file is named and typed; a PDF where nothing else is said. */
interface Kind {
  readonly filename: string;
  readonly contentType: string;
}
const PDF: Kind = { filename: '申报书.pdf', contentType: 'application/pdf' };

export const declarationOf = (bytes: Buffer, { filename, contentType }: Kind = PDF) => ({
  ...{ material: 'application', filename, contentType, size: bytes.length },
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** An announced attachment of a draft of its own, with the right to upload it. */
export interface Place {
  readonly submissionId: string;
  readonly attachmentId: string;
  readonly upload: z.output<typeof Upload>;
  readonly key: string;
}

/** What the reply to an announcement gives. @throws where it is a refusal */
export const uploadIn = ({ body }: Received): z.output<typeof Announced> => Announced.parse(body);

export const formOf = ({ upload }: Place, file = HONEST): Form => {
  if (upload.method !== 'POST') throw new Error('Not by POST');
  return { url: upload.url, fields: upload.fields, file };
};

export const put = (
  { upload }: Place,
  change: Readonly<Record<string, string>> = {},
  body = HONEST,
  url = upload.url,
) => {
  if (upload.method !== 'PUT') throw new Error('Not by PUT');
  return fetch(url, { method: 'PUT', headers: { ...upload.headers, ...change }, body: new Uint8Array(body) });
};

/** A world whose files lie in a local S3, and what an applicant, an attacker and EventBridge do there. */
export interface AttackedUploads {
  readonly s3: RunningS3;
  readonly world: SubmissionWorld;
  announced(bytes?: Buffer, options?: { method?: 'POST' | 'PUT'; kind?: Kind; receivedAt?: number }): Promise<Place>;
  /** Sends bytes by POST as they were announced, and gives the status. */
  sent(place: Place, bytes?: Buffer): Promise<number>;
  /** Tells of every object that came since, as EventBridge does; gives the versions that arrived for the place. */
  arrive(place: Pick<Place, 'key'>): Promise<string[]>;
  attachmentOf(place: Place): Promise<Attachment | undefined>;
  submit(place: Place): Promise<Received>;
  download(place: Place, subject?: string): Promise<Received>;
  /** An honest file, uploaded and admitted. */
  admitted(): Promise<Place>;
  close(): Promise<void>;
}

/** @param written of the call, where its test is about that */
export const startAttackedUploads = async (written: Record<string, unknown> = {}): Promise<AttackedUploads> => {
  // S3 and whoever signs go by the same clock as the call.
  vi.useFakeTimers({ toFake: ['Date'], now: WHILE_OPEN });
  const s3 = await runS3();
  // Replies carry the real time, which the SDK would go by.
  Object.defineProperty(s3.client.config, 'systemClockOffset', { get: () => 0, set: () => undefined });
  const world = await submissionWorld(written, { s3: { client: s3.client, bucket: BUCKET } });

  const uploads: AttackedUploads = {
    s3,
    world,
    async announced(bytes = HONEST, { method = 'POST', kind = PDF, receivedAt = WHILE_OPEN } = {}) {
      const submissionId = await newDraft(world);
      const reply = await send(world.app.announce, {
        params: { submissionId },
        query: { method },
        body: declarationOf(bytes, kind),
        receivedAt,
      });
      const { attachmentId, upload } = uploadIn(reply);
      return { submissionId, attachmentId, upload, key: attachmentObjectKey(submissionId, attachmentId) };
    },
    async sent(place, bytes = HONEST) {
      const form = formOf(place, bytes);
      return (await sendForm(form.url, honestly(form))).status;
    },
    async arrive({ key }) {
      const versions = s3.created.filter((one) => one.key === key).map(({ versionId = '' }) => versionId);
      for (const versionId of versions) await world.jobs.admit(key, versionId);
      return versions;
    },
    attachmentOf: ({ submissionId, attachmentId }) => world.attachments.find(submissionId, attachmentId),
    submit: ({ submissionId }) => send(world.app.submit, { params: { submissionId } }),
    download: ({ submissionId, attachmentId }, subject = 'secretary') =>
      send(world.app.download, { params: { submissionId, attachmentId }, subject }),
    async admitted() {
      const place = await uploads.announced();
      await uploads.sent(place);
      await uploads.arrive(place);
      const state = (await uploads.attachmentOf(place))?.state;
      if (state !== 'admitted') throw new Error(`An honest file is ${state}`);
      return place;
    },
    async close() {
      await s3.close();
      vi.useRealTimers();
    },
  };
  return uploads;
};
