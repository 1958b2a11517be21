import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { createExport } from '#functions/exports/create-export/create-export.ts';
import { getExport } from '#functions/exports/get-export/get-export.ts';
import { type Dependencies, runExport } from '#functions/jobs/run-export/run-export.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { exportedSubmissions } from '#shared/data/exported-submissions.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { ExportMessage } from '#shared/messages/export-message.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { exportFiles } from '#shared/storage/export-files.ts';
import { pinnedFiles } from '#shared/storage/pinned-files.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { lambdaContext } from './http-event.ts';
import { CALL_ID, type Sent, send, submissionWorld } from './submission-world.ts';

const Parts = z.object({ parts: z.array(z.object({ url: z.string() })) });

const BUCKETS = { attachments: 'attachments', exports: 'exports' };

/** The world of submissions with a local S3 and a queue in memory, and the functions of exports over them. Call `stop` when done. */
export const exportWorld = async (written: Record<string, unknown> = {}) => {
  const world = await submissionWorld(written);
  const { db, tables, calls, receipts, memberships, tallies, clock } = world;
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-export-world-'));
  const server = await startS3({
    port: 0,
    directory,
    region: REGION,
    credentials: CREDENTIALS,
    buckets: [
      { name: BUCKETS.attachments, versioned: true, cors: [] },
      { name: BUCKETS.exports, versioned: false, cors: [] },
    ],
  });
  const s3 = new S3Client({
    endpoint: server.endpoint,
    region: REGION,
    credentials: CREDENTIALS,
    forcePathStyle: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const waiting: { message: ExportMessage; receipts: number }[] = [];
  const queue = {
    send: async (messages: readonly unknown[]) => {
      for (const message of messages) waiting.push({ message: ExportMessage.parse(message), receipts: 0 });
    },
    retryIn: async () => undefined,
  };
  const exports = exportsRepository(db, tables.exports);
  const dependencies: Dependencies = {
    ...{ calls, receipts, exports, queue },
    deadlines: deadlinesRepository(db, tables.calls),
    submissions: exportedSubmissions(db, tables, tallies),
    attachments: pinnedFiles(s3, BUCKETS.attachments),
    files: exportFiles(s3, BUCKETS.exports),
    acceptanceNos: async () => new Map(),
    newPlanId: generateId,
    now: () => clock.now,
  };
  const create = createExport({
    ...{ calls, memberships, exports, queue },
    idempotency: idempotencyRepository(db, tables.idempotency),
    newExportId: generateId,
  });
  const presigner = downloadPresigner(s3, BUCKETS.exports);
  // The store goes by its own clock, and the requests of the tests are long past.
  const downloads = {
    presign: (target: Parameters<typeof presigner.presign>[0]) => presigner.presign(target, Date.now()),
  };
  const get = getExport({ exports, memberships, downloads });

  /** Hands one message to the job, as Lambda does. @returns whether it is to come again */
  const take = async (message: ExportMessage, attempt = 1, overrides: Partial<Dependencies> = {}): Promise<boolean> => {
    const outcome = await runExport({ ...dependencies, ...overrides })(
      {
        Records: [
          {
            messageId: 'message-1',
            receiptHandle: 'receipt-1',
            body: JSON.stringify(message),
            attributes: { ApproximateReceiveCount: String(attempt) },
          },
        ],
      },
      lambdaContext(),
    );
    return JSON.stringify(outcome) !== '{"batchItemFailures":[]}';
  };

  /** Works the queue off: what fails comes again. */
  const work = async (overrides: Partial<Dependencies> = {}): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      next.receipts += 1;
      if (await take(next.message, next.receipts, overrides)) waiting.push(next);
    }
  };

  const ask = (body: Record<string, unknown>, sent: Sent = {}) =>
    send(create, { subject: 'officer', params: { callId: CALL_ID }, body, ...sent });
  const look = (exportId: string, sent: Sent = {}) =>
    send(get, { subject: 'officer', params: { exportId }, receivedAt: clock.now, ...sent });

  return {
    ...world,
    ...{ s3, exports, dependencies, waiting, take, work, ask, look },
    buckets: BUCKETS,
    /** Asks for an export and works the queue off. @returns the export as the officer sees it then */
    async exported(body: Record<string, unknown>, overrides: Partial<Dependencies> = {}) {
      const { exportId } = (await ask(body)).body;
      await work(overrides);
      return look(String(exportId));
    },
    /** The bytes of a part, as whoever follows its address gets them. */
    async fetchPart(reply: { body: Record<string, unknown> }, part = 1): Promise<{ bytes: Buffer; saved: string }> {
      const { parts } = Parts.parse(reply.body);
      const answer = await fetch(parts[part - 1]?.url ?? '');
      if (!answer.ok) throw new Error(`The address of part ${part} was answered with ${answer.status}`);
      return {
        bytes: Buffer.from(await answer.arrayBuffer()),
        saved: answer.headers.get('content-disposition') ?? '',
      };
    },
    async stop(): Promise<void> {
      s3.destroy();
      await server.close();
      await rm(directory, { recursive: true });
    },
  };
};

export type ExportWorld = Awaited<ReturnType<typeof exportWorld>>;
