import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { writeLines } from '#functions/jobs/run-export/lines-export.ts';
import { writeTables } from '#functions/jobs/run-export/table-export.ts';
import { CREDENTIALS, REGION } from '#infra/local/stack/local-account.ts';
import { callsRepository } from '#shared/data/calls-repository.ts';
import { deadlinesRepository } from '#shared/data/deadlines-repository.ts';
import { exportedSubmissions } from '#shared/data/exported-submissions.ts';
import { talliesRepository } from '#shared/data/tallies-repository.ts';
import { newExport } from '#shared/domain/export/export.ts';

/** What a parent process sends over IPC. */
const Order = z.object({
  dynamoDbUrl: z.string(),
  tables: z.object({
    calls: z.string(),
    submissions: z.string(),
    tallies: z.string(),
    organizations: z.string(),
  }),
  callId: z.string(),
  format: z.enum(['xlsx', 'csv', 'ndjson']),
});

const Capacity = z.object({ CapacityUnits: z.number().default(0) });
const Consumed = z.object({
  ConsumedCapacity: z.union([Capacity.transform((one) => [one]), z.array(Capacity)]).default([]),
});

/** Writes one export to the disk in a process of its own, so that its memory can be told from that of the services it reads. */
process.on('message', async (message) => {
  const { dynamoDbUrl, tables, callId, format } = Order.parse(message);
  const client = new DynamoDBClient({ endpoint: dynamoDbUrl, region: REGION, credentials: CREDENTIALS });
  const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  let rru = 0;
  db.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const result = await next(args);
      const { ConsumedCapacity } = Consumed.parse(result.output);
      rru += ConsumedCapacity.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
      return result;
    },
    { step: 'initialize', priority: 'low', name: 'consumed' },
  );
  const calls = callsRepository(db, tables.calls);
  const head = await calls.head(callId);
  if (head === undefined) throw new Error('There is no such call');
  const ports = {
    definitions: calls,
    deadlines: deadlinesRepository(db, tables.calls),
    submissions: exportedSubmissions(db, tables, talliesRepository(db, tables.tallies)),
    acceptanceNos: async () => new Map<string, number>(),
  };
  const asked = { exportId: 'bench', callId, organiser: head.organiser, format, status: 'submitted' } as const;
  const one = newExport(asked, Date.parse(head.closesAt));
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-bench-export-'));
  const before = process.resourceUsage().maxRSS;
  const start = performance.now();
  const processor = process.cpuUsage();
  const write = format === 'ndjson' ? writeLines : writeTables;
  const { size, submissions } = await write(ports, one, head, directory, async () => undefined);
  const { user, system } = process.cpuUsage(processor);
  const seconds = (performance.now() - start) / 1_000;
  await rm(directory, { recursive: true });
  process.send?.({
    ...{ seconds, processorSeconds: (user + system) / 1_000_000, rru, submissions, size },
    // In KiB, the most that was ever resident: without the export, and with it.
    ...{ beforeMb: before / 1_024, peakMb: process.resourceUsage().maxRSS / 1_024 },
  });
});
