import { fork } from 'node:child_process';
import { once } from 'node:events';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { headItem } from '#shared/data/call-items.ts';
import { callHead } from '#test/support/calls.ts';
import { seedSubmissions } from '#test/support/many-submissions.ts';
import { sealServices } from '#test/support/seal-world.ts';
import { type Report, rounded } from './figure.ts';
import { startOwnStores } from './flow-stores.ts';

const SIZES = [10_000, 100_000];

const CALL = callHead();

const Outcome = z.object({
  seconds: z.number(),
  processorSeconds: z.number(),
  rru: z.number(),
  wru: z.number(),
  sealed: z.number(),
  beforeMb: z.number(),
  peakMb: z.number(),
});

/** Attachments of a submission: two, as in the Changde call. */
const attachmentsOf = (place: number, submissionId: string) =>
  [1, 2].map((number) => ({
    attachmentId: `${number}${submissionId.slice(1)}`,
    ...{ material: `material${number}`, filename: `第${place}号申报书（盖章）.pdf`, contentType: 'application/pdf' },
    ...{ size: 1_000_000, sha256: String(number).repeat(64), state: 'admitted' as const, versionId: 'version' },
    createdAt: CALL.opensAt,
  }));

const sealMany = async (count: number) => {
  const [stores, services] = await Promise.all([startOwnStores(), sealServices()]);
  try {
    await stores.db.send(new PutCommand({ TableName: stores.tables.calls, Item: headItem(CALL) }));
    await seedSubmissions(stores, {
      ...{ call: CALL, count, categories: [{ code: '1', countedIn: ['1'] }] },
      ...{ answersOf: () => ({ name: '学会能力提升' }), attachmentsOf, submittedFrom: Date.parse(CALL.opensAt) },
    });
    const endpoint = await stores.observer.config.endpoint?.();
    if (endpoint === undefined) throw new Error('The stores have no address');
    const child = fork(new URL('seal-once.ts', import.meta.url));
    child.send({
      dynamoDbUrl: `${endpoint.protocol}//${endpoint.hostname}:${endpoint.port}`,
      ...{ tables: stores.tables, addresses: services.addresses, callId: CALL.callId },
      now: Date.parse(CALL.closesAt) + 120_000,
    });
    const [message] = await once(child, 'message');
    child.kill();
    return Outcome.parse(message);
  } finally {
    await Promise.all([stores.stop(), services.close()]);
  }
};

/** What it takes to seal a call in one tick: time, memory and reads, which have to be linear, flat and linear. */
export const benchSeal = async (report: Report): Promise<void> => {
  for (const count of SIZES) {
    const { seconds, processorSeconds, rru, wru, sealed, beforeMb, peakMb } = await sealMany(count);
    if (sealed !== count) throw new Error(`Of ${count} submissions ${sealed} were sealed`);
    report({
      name: `seal-${count}`,
      value: {
        ...{ seconds: rounded(seconds, 1), processorSeconds: rounded(processorSeconds, 1) },
        ...{ rru: rounded(rru, 1), wru: rounded(wru, 1), peakMb: rounded(peakMb, 0), idleMb: rounded(beforeMb, 0) },
      },
      unit: 'seconds, read and write units, MB resident at most and before',
      n: 1,
      against: 'one tick on DynamoDB Local and the local S3, two attachments each; units as DynamoDB Local tells them',
      aim: 'seconds and units grow as the submissions do, memory does not; 900 s and 1,024 MB are what the function has',
      detail: {
        rruPerSubmission: rounded(rru / count, 3),
        microsecondsPerSubmission: rounded((seconds / count) * 1e6, 0),
      },
    });
  }
};
