import { createHash } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { EXAMPLE_CALL_ID, exampleAnswers } from '#infra/local/seed/example-call.ts';
import { sendFile } from '#infra/local/seed/send-file.ts';
import { createAttachment } from '#shared/contract/attachments.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { CATEGORY } from './changde.ts';
import { type FlowFunctions, flowFunctions } from './flow-functions.ts';
import type { FlowStores } from './flow-stores.ts';

const SECRETARY = 'demo-secretary';

interface Request {
  readonly params: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/** What one request carried through the gateway, without headers. */
export interface Bodies {
  readonly requestBytes: number;
  readonly replyBytes: number;
}

type Tell = (bodies: Bodies) => void;

const call = async (handler: HttpHandler, { params, headers = {}, body }: Request, tell: Tell) => {
  const reply = await handler(
    httpEvent({
      claims: { sub: SECRETARY, token_use: 'access' },
      pathParameters: params,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      receivedAt: Date.now(),
    }),
    lambdaContext(),
  );
  tell({
    requestBytes: Buffer.byteLength(body === undefined ? '' : JSON.stringify(body)),
    replyBytes: Buffer.byteLength(reply.body ?? ''),
  });
  if ((reply.statusCode ?? 500) >= 300) throw new Error(`A step was answered with ${reply.statusCode}: ${reply.body}`);
  return { headers: reply.headers ?? {}, body: JSON.parse(reply.body ?? '{}') };
};

const Created = z.object({ submissionId: z.string() });
const Etag = z.object({ etag: z.string() });

/** The two files of a submission: the stamped scan, and the same again in another file. */
const FILES = ['申报书（盖章扫描件）.pdf', '申报书附页.pdf'];

const pdf = (submissionId: string, filename: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(`%PDF-1.4\n% ${submissionId} ${filename}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`));

/** One step of the flow, for a meter to be put around. Named after the function that does it. */
export type Step = (functionId: keyof FlowFunctions, work: () => Promise<void>) => Promise<void>;

const straight: Step = (_functionId, work) => work();

/** Plays the secretary of a unit with the Changde call: one draft, saved three times, two files, submitted. */
export const openFlow = (stores: FlowStores, tell: Tell = () => undefined) => {
  const functions = flowFunctions(stores);

  const attach = async (submissionId: string, filename: string, step: Step): Promise<void> => {
    const bytes = pdf(submissionId, filename);
    let announced: z.output<typeof createAttachment.reply> | undefined;
    await step('createAttachment', async () => {
      const { body } = await call(
        functions.createAttachment,
        {
          params: { submissionId },
          body: {
            material: 'applicationForm',
            filename,
            contentType: 'application/pdf',
            size: bytes.byteLength,
            sha256: createHash('sha256').update(bytes).digest('hex'),
          },
        },
        tell,
      );
      announced = createAttachment.reply.parse(body);
    });
    if (announced === undefined) throw new Error('The step that announces a file was left out');
    const sent = await sendFile(announced.upload, bytes);
    if (sent.status >= 300) throw new Error(`The local S3 refused a file: ${sent.status} ${sent.code ?? ''}`);
    const key = attachmentObjectKey(submissionId, announced.attachmentId);
    const { VersionId } = await stores.s3.send(new HeadObjectCommand({ Bucket: stores.buckets.attachments, Key: key }));
    const event = { detail: { object: { key, 'version-id': VersionId } } };
    await step('admitAttachment', async () => {
      await functions.admitAttachment(event, lambdaContext());
    });
  };

  /** A draft with everything a submit asks for, both files admitted. @returns its id */
  const prepare = async (step: Step = straight): Promise<string> => {
    const answers = exampleAnswers('capability');
    let submissionId = '';
    let etag = '';
    await step('createSubmission', async () => {
      const created = await call(
        functions.createSubmission,
        {
          params: { callId: EXAMPLE_CALL_ID },
          body: { category: CATEGORY },
        },
        tell,
      );
      submissionId = Created.parse(created.body).submissionId;
      etag = Etag.parse(created.headers).etag;
    });
    for (let save = 1; save <= 3; save += 1)
      await step('saveAnswers', async () => {
        const saved = await call(
          functions.saveAnswers,
          {
            params: { submissionId },
            headers: { 'if-match': etag },
            body: answers,
          },
          tell,
        );
        etag = Etag.parse(saved.headers).etag;
      });
    for (const filename of FILES) await attach(submissionId, filename, step);
    return submissionId;
  };

  const submit = async (submissionId: string): Promise<void> => {
    await call(functions.submitSubmission, { params: { submissionId } }, tell);
  };

  return {
    prepare,
    submit,
    /** From the draft to the receipt. */
    play: async (step: Step = straight): Promise<void> => {
      const submissionId = await prepare(step);
      await step('submitSubmission', () => submit(submissionId));
    },
  };
};
