import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { sealing, sealServicesAt } from '#test/support/seal-world.ts';

/** What a parent process sends over IPC. */
const Order = z.object({
  dynamoDbUrl: z.string(),
  tables: z.object({
    calls: z.string(),
    history: z.string(),
    submissions: z.string(),
    tallies: z.string(),
    receipts: z.string(),
  }),
  addresses: z.object({ s3Url: z.string(), kmsUrl: z.string() }),
  callId: z.string(),
  now: z.number(),
});

const Capacity = z.object({ TableName: z.string().optional(), CapacityUnits: z.number().default(0) });
const Consumed = z.object({
  ConsumedCapacity: z.union([Capacity.transform((one) => [one]), z.array(Capacity)]).default([]),
});

/** Commands that read; all others write. */
const READS = new Set(['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand']);

/** Makes one seal in a process of its own, so that its memory can be told from that of the services it works on. */
process.on('message', async (message) => {
  const { dynamoDbUrl, tables, addresses, callId, now } = Order.parse(message);
  const client = new DynamoDBClient({ endpoint: dynamoDbUrl, region: REGION, credentials: CREDENTIALS });
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  const units = { rru: 0, wru: 0 };
  db.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
        const result = await next(args);
        const { ConsumedCapacity } = Consumed.parse(result.output);
        const sum = ConsumedCapacity.reduce((total, { CapacityUnits }) => total + CapacityUnits, 0);
        units[READS.has(commandName) ? 'rru' : 'wru'] += sum;
        return result;
      },
    { step: 'initialize', priority: 'low', name: 'consumed' },
  );
  const world = sealing({ db, tables, clock: { now } }, sealServicesAt(addresses));
  await world.begin(callId);
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  const processor = process.cpuUsage();
  await world.tick();
  const { user, system } = process.cpuUsage(processor);
  const seconds = (performance.now() - start) / 1_000;
  const { seal } = await world.headOf(callId);
  const { maxRSS } = process.resourceUsage();
  process.send?.({
    ...{ ...units, seconds, processorSeconds: (user + system) / 1_000_000, sealed: seal?.submissions ?? 0 },
    // In KiB, the most that was ever resident: without the seal, and with it.
    ...{ beforeMb: before / 1_024, peakMb: maxRSS / 1_024 },
  });
});
