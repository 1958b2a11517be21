import { readFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { fetchAccessToken } from '#infra/local/identity/fetch-access-token.ts';
import { EXAMPLE_CALL_ID } from '#infra/local/seed/example-call.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import { getSealRoster, RosterEntry } from '#shared/contract/seals.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { tableNames } from '#test/support/table-names.ts';
import { arrivalsBefore } from './arrivals.ts';
import { type Report, rounded } from './figure.ts';
import { type Attempt, violationsIn } from './last-hour-violations.ts';
import { type RunningStack, runStack } from './running-stack.ts';
import { writeReadyDrafts } from './rush-drafts.ts';

/** LAST_HOUR_ARRIVALS for a short run. */
const ARRIVALS = Number(process.env.LAST_HOUR_ARRIVALS ?? 2_000);
const SECONDS = 120;
/** Who comes in the two seconds after the deadline, one in twenty of all. */
const TOO_LATE = Math.ceil(ARRIVALS / 20);
const TOO_LATE_SECONDS = 2;

/** Between asking for the deadline and the first arrival. */
const NOTICE_MS = 3_000;
/** The drain of 120 s, a tick each until the seal is begun and made, and what the machine takes. */
const SEALED_WITHIN_MS = 420_000;

const Refusal = z.object({ code: z.string() });

/** An arrival that was replied to, `ms` after it was sent; when it was received only the gateway knows. */
interface Replied extends Omit<Attempt, 'receivedAt'> {
  readonly requestId: string;
  readonly ms: number;
}

const AccessLine = z.object({ requestId: z.string(), receivedAt: z.int() });

/** When the gateway received each request, by its id, ms. */
const receivedTimes = async ({ record }: RunningStack): Promise<Map<string, number>> => {
  const lines = (await readFile(record.accessLog, 'utf8')).trimEnd().split('\n');
  return new Map(
    lines.map((line) => {
      const { requestId, receivedAt } = AccessLine.parse(JSON.parse(line));
      return [requestId, receivedAt];
    }),
  );
};

const submit = async (url: string, token: string, submissionId: string): Promise<Replied> => {
  const sentAt = Date.now();
  const start = performance.now();
  const reply = await fetch(`${url}/submissions/${submissionId}/submit`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
  });
  const body: unknown = await reply.json();
  return {
    ...{ submissionId, sentAt, status: reply.status, ms: performance.now() - start },
    requestId: reply.headers.get('apigw-requestid') ?? '',
    receipt: reply.status === 200 ? Receipt.parse(body) : undefined,
    code: reply.status === 200 ? undefined : Refusal.safeParse(body).data?.code,
  };
};

/** The officer ends the call early. @returns the deadline, ms */
const closeAt = async ({ record }: RunningStack, closesAt: number): Promise<number> => {
  const officer = await fetchAccessToken(record.issuer, 'officer');
  const reply = await fetch(`${record.url}/calls/${EXAMPLE_CALL_ID}/close`, {
    method: 'POST',
    headers: { authorization: `Bearer ${officer}`, 'content-type': 'application/json' },
    body: JSON.stringify({ closesAt: toInstant(closesAt), reason: 'The last hour' }),
  });
  if (reply.status !== 200) throw new Error(`The call was not closed: ${reply.status} ${await reply.text()}`);
  return closesAt;
};

/** The numbers of the receipts in the roster, once the call is sealed. */
const sealedReceipts = async ({ record }: RunningStack): Promise<Set<string>> => {
  const roster = `${record.url}/calls/${EXAMPLE_CALL_ID}/seals/1/roster`;
  for (const until = Date.now() + SEALED_WITHIN_MS; Date.now() < until; await wait(2_000)) {
    const officer = await fetchAccessToken(record.issuer, 'officer');
    const found = await fetch(roster, { headers: { authorization: `Bearer ${officer}` } });
    if (found.status !== 200) continue;
    const { parts } = getSealRoster.reply.parse(await found.json());
    const texts = await Promise.all(parts.map(async ({ url }) => (await fetch(url)).text()));
    const lines = texts.flatMap((text) => text.trimEnd().split('\n'));
    return new Set(lines.map((line) => RosterEntry.parse(JSON.parse(line)).receiptNo));
  }
  throw new Error('The call was not sealed in time');
};

const percentile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** Everybody comes, each at their time. */
const arrive = async (url: string, token: string, ids: readonly string[], deadline: number): Promise<Replied[]> => {
  const start = deadline - SECONDS * 1_000;
  const inTime = arrivalsBefore(SECONDS, ARRIVALS);
  const late = Array.from({ length: TOO_LATE }, (_, place) => SECONDS + (TOO_LATE_SECONDS * (place + 0.5)) / TOO_LATE);
  return Promise.all(
    [...inTime, ...late].map(async (seconds, place) => {
      await wait(Math.max(0, start + seconds * 1_000 - Date.now()));
      return submit(url, token, ids[place] ?? '');
    }),
  );
};

/** A call's last two minutes over HTTP against the running local stack, up to its seal. @throws Error where anything of what must not be was */
export const benchLastHour = async (report: Report): Promise<void> => {
  const stack = await runStack();
  const { record } = stack;
  const { dynamoDbUrl: endpoint, region, accessKeyId, secretAccessKey } = record;
  const client = new DynamoDBClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  try {
    const db = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
    const tables = tableNames((logicalId) => record.tables[logicalId]);
    const { drafts } = await writeReadyDrafts(db, tables, ARRIVALS + TOO_LATE);
    const token = await fetchAccessToken(record.issuer, 'secretary');
    const deadline = await closeAt(stack, Date.now() + NOTICE_MS + SECONDS * 1_000);
    const ids = drafts.map(({ head }) => head.submissionId);
    const replied = await arrive(record.url, token, ids, deadline);
    const sealed = await sealedReceipts(stack);
    const times = await receivedTimes(stack);
    const attempts = replied.map((each) => ({ ...each, receivedAt: times.get(each.requestId) ?? Number.NaN }));
    const found = violationsIn(attempts, deadline, sealed);
    const accepted = attempts.filter(({ receipt }) => receipt !== undefined);
    const ms = accepted.map((attempt) => attempt.ms).sort((one, other) => one - other);
    report({
      name: 'last-hour',
      value: {
        accepted: accepted.length,
        refusedAsLate: attempts.filter(({ code }) => code === 'CALL_CLOSED').length,
        p50Ms: rounded(percentile(ms, 0.5), 0),
        p99Ms: rounded(percentile(ms, 0.99), 0),
        slowestMs: rounded(ms.at(-1) ?? Number.NaN, 0),
        slowestWayMs: Math.max(...attempts.map(({ sentAt, receivedAt }) => receivedAt - sentAt)),
        ...found,
      },
      unit: 'submits, and ms from sending to the reply',
      n: attempts.length,
      against: `${ARRIVALS} arrivals in ${SECONDS} s, their density 1 / (seconds left + 1), ${TOO_LATE} more in the ${TOO_LATE_SECONDS} s after the deadline`,
      aim: 'no 5xx, exactly those accepted that the gateway received before the deadline, none sent after it; every receipt in the roster, and no other',
    });
    if (Object.values(found).some((violation) => violation !== 0))
      throw new Error(`The last hour went wrong: ${JSON.stringify(found)}`);
  } finally {
    client.destroy();
    await stack.stop();
  }
};
