import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { EXAMPLE_CALL_ID } from '#infra/local/seed/example-call.ts';
import { tallyKey } from '#shared/data/tally-items.ts';
import { openFlow, type Step } from './flow.ts';
import { storesAt } from './flow-stores.ts';

/** What a parent process sends over IPC. */
const Order = z.object({
  addresses: z.object({ dynamoDbUrl: z.string(), s3Url: z.string() }),
  tables: z.object({
    calls: z.string(),
    submissions: z.string(),
    tallies: z.string(),
    receipts: z.string(),
    history: z.string(),
    webhooks: z.string(),
    deliveries: z.string(),
    organizations: z.string(),
    memberships: z.string(),
    idempotency: z.string(),
    exports: z.string(),
  }),
  warmUps: z.int(),
  flows: z.int(),
});

/** Of the secretary who plays them. */
const UNIT = 'changde-huaxue';

/** Counts what is written to the standard output from now on: on Lambda, the lines of the log. */
const countLines = (): { lines: number; bytes: number } => {
  const counted = { lines: 0, bytes: 0 };
  process.stdout.write = (text: string | Uint8Array): boolean => {
    counted.lines += 1;
    counted.bytes += typeof text === 'string' ? Buffer.byteLength(text) : text.byteLength;
    return true;
  };
  return counted;
};

/**
 * Plays flows in a process of its own, so that the processor's time is that of the functions alone: DynamoDB Local, the local S3 and the meter are elsewhere. Told
 * is the processor's time of each step of each flow in ms (compiler and collector included), and of all flows together lines and bytes of the log and of bodies.
 */
process.on('message', async (message) => {
  const { addresses, tables, warmUps, flows } = Order.parse(message);
  const bodies = { requestBytes: 0, replyBytes: 0 };
  const stores = storesAt(addresses, tables);
  const flow = openFlow(stores, ({ requestBytes, replyBytes }) => {
    bodies.requestBytes += requestBytes;
    bodies.replyBytes += replyBytes;
  });
  const log = countLines();
  const measured: { functionId: string; ms: number }[][] = [];
  for (let place = 0; place < warmUps + flows; place += 1) {
    if (place === warmUps) {
      Object.assign(bodies, { requestBytes: 0, replyBytes: 0 });
      Object.assign(log, { lines: 0, bytes: 0 });
    }
    const steps: { functionId: string; ms: number }[] = [];
    const step: Step = async (functionId, work) => {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      steps.push({ functionId, ms: (user + system) / 1_000 });
    };
    await flow.play(step);
    if (place >= warmUps) measured.push(steps);
    // All are of one unit, which may submit three.
    const Key = tallyKey(EXAMPLE_CALL_ID, UNIT);
    await stores.db.send(new DeleteCommand({ TableName: tables.tallies, Key }));
  }
  process.send?.({ measured, log, bodies });
});
