import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { ScanCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { createExport } from '#functions/exports/create-export/create-export.ts';
import { getExport } from '#functions/exports/get-export/get-export.ts';
import { type Dependencies, runExport } from '#functions/jobs/run-export/run-export.ts';
import { startS3 } from '#infra/local/s3/start-s3.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { type ExportStep, stepIn, type ToldStep } from '#shared/data/export-items.ts';
import { exportedSubmissions } from '#shared/data/exported-submissions.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { idempotencyRepository } from '#shared/data/idempotency-repository.ts';
import { generateId } from '#shared/runtime/ids.ts';
import { exportFiles } from '#shared/storage/export-files.ts';
import { pinnedFiles } from '#shared/storage/pinned-files.ts';
import { downloadPresigner } from '#shared/storage/presigned-download.ts';
import { stepRecord } from './export-steps.ts';
import { lambdaContext } from './http-event.ts';
import { CALL_ID, type Sent, send, submissionWorld } from './submission-world.ts';

const Parts = z.object({ parts: z.array(z.object({ url: z.string() })) });

const BUCKETS = { attachments: 'attachments', exports: 'exports' };

/** The world of submissions with a local S3 and the functions of exports over them. Call `stop` when done. */
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
  const exports = exportsRepository(db, tables.exports);
  const dependencies: Dependencies = {
    ...{ calls, receipts, exports },
    deadlines: deadlinesRepository(db, tables.calls),
    submissions: exportedSubmissions(db, tables, tallies),
    attachments: pinnedFiles(s3, BUCKETS.attachments),
    files: exportFiles(s3, BUCKETS.exports),
    acceptanceNos: async () => new Map(),
    newPlanId: generateId,
    now: () => clock.now,
  };
  const create = createExport({
    ...{ calls, memberships, exports },
    idempotency: idempotencyRepository(db, tables.idempotency),
    newExportId: generateId,
  });
  const presigner = downloadPresigner(s3, BUCKETS.exports);
  // The store goes by its own clock, and the requests of the tests are long past.
  const downloads = {
    presign: (target: Parameters<typeof presigner.presign>[0]) => presigner.presign(target, Date.now()),
  };
  const get = getExport({ exports, memberships, downloads });

  /** Steps that were taken already, by their keys. */
  const taken = new Set<string>();

  /** The steps that the table's stream tells of and that nobody has taken. */
  const waiting = async (): Promise<ToldStep[]> => {
    const { Items = [] } = await db.send(new ScanCommand({ TableName: tables.exports, ConsistentRead: true }));
    const told = Items.flatMap((item) => stepIn(item) ?? []).filter(({ key }) => !taken.has(key.exportId));
    return told.sort((one, other) => one.key.exportId.localeCompare(other.key.exportId));
  };

  /** Hands one step to the job, as Lambda does. @returns whether it is to come again */
  const hand = async ({ step, key }: ToldStep, overrides: Partial<Dependencies>): Promise<boolean> => {
    taken.add(key.exportId);
    const job = runExport({ ...dependencies, ...overrides });
    const outcome = await job({ Records: [stepRecord(key.exportId, step)] }, lambdaContext());
    return JSON.stringify(outcome) !== '{"batchItemFailures":[]}';
  };

  /** Hands one step to the job, as its how-manieth run. @returns whether it is to come again */
  const take = (step: ExportStep, runs = 1, overrides: Partial<Dependencies> = {}): Promise<boolean> => {
    const counted = { ...(overrides.exports ?? exports), countRun: async () => runs };
    const key = { exportId: `${step.exportId}#step#${String(step.part ?? 0).padStart(4, '0')}` };
    return hand({ step, key }, { ...overrides, exports: counted });
  };

  /** Works off what waits: what fails comes again. */
  const work = async (overrides: Partial<Dependencies> = {}): Promise<void> => {
    for (let [next] = await waiting(); next !== undefined; [next] = await waiting()) {
      if (await hand(next, overrides)) taken.delete(next.key.exportId);
    }
  };

  const ask = (body: Record<string, unknown>, sent: Sent = {}) =>
    send(create, { subject: 'officer', params: { callId: CALL_ID }, body, ...sent });
  const look = (exportId: string, sent: Sent = {}) =>
    send(get, { subject: 'officer', params: { exportId }, receivedAt: clock.now, ...sent });

  return {
    ...world,
    ...{ s3, exports, dependencies, waiting, take, work, ask, look },
    /** As if the stream had told of nothing yet. */
    deafen: async (): Promise<void> => {
      for (const { key } of await waiting()) taken.add(key.exportId);
    },
    buckets: BUCKETS,
    /** Asks for an export and works off what waits. @returns the export as the officer sees it then */
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
