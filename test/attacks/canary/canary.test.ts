import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';
import { JOB_IDS } from '#infra/functions.ts';
import type { JobId } from '#infra/jobs.ts';
import { startSes } from '#infra/local/ses/start-ses.ts';
import type { OperationId } from '#shared/contract/operations.ts';
import { exportsRepository } from '#shared/data/exports-repository.ts';
import { newExport } from '#shared/domain/export/export.ts';
import { recordedEvent, recordedHttpEvent, recordedObjectCreated } from '#test/contract/recorded-events.ts';
import { startWorld } from '#test/support/world.ts';
import { CALLS, EXPORTS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { IS_LONG, RUNS } from '../runs.ts';
import { ATTACKED, loadWholeSystem, type WholeSystem } from '../whole-system.ts';
import { canary, type Log, leaksIn, listen } from './leaks.ts';
import { markedBodies, markedRequests } from './marked-requests.ts';
import { type Mood, moodyService, type Victims } from './quoting-service.ts';
import { secretsIn, WORLD_SECRETS } from './secrets.ts';

/** Of a body, in the short form. */
const BODIES = 2 * RUNS;

let world: Stores;
let system: WholeSystem;
let mood: Mood = 'sound';
let victims: Victims = 'all';
/** What failed, by service: each time with all that the request said. */
let quotes: readonly (readonly string[])[] = [];
let log: Log;
let stop: () => Promise<void>;
const secrets = new Set(WORLD_SECRETS);
const replies = new Map<number | 'thrown', number>();

beforeAll(async () => {
  world = await startWorld();
  const directory = await mkdtemp(join(tmpdir(), 'shenbao-mails-'));
  const now = () => mood;
  const toWhom = () => victims;
  const [ses, dynamoDb, s3, sqs, cognito, kms] = await Promise.all([
    startSes({ port: 0, directory }),
    moodyService(inject('dynamoDbUrl'), 'json', now, toWhom),
    moodyService(world.s3Url, 'xml', now, toWhom),
    moodyService(world.sqs.url, 'json', now, toWhom),
    moodyService(world.cognitoUrl, 'json', now, toWhom),
    moodyService(world.kmsUrl, 'json', now, toWhom),
  ]);
  quotes = [dynamoDb, s3, sqs, cognito, kms].map(({ denied }) => denied);
  // The level is read when the log is loaded.
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
  vi.resetModules();
  system = await loadWholeSystem(world, {
    dynamoDb: dynamoDb.url,
    s3: s3.url,
    sqs: sqs.url,
    cognito: cognito.url,
    kms: kms.url,
    ses: ses.endpoint,
  });
  stop = async () => {
    await Promise.all([ses, dynamoDb, s3, sqs, cognito, kms].map((service) => service.close()));
    await world.stop();
    await rm(directory, { recursive: true });
  };
}, 120_000);

afterAll(async () => {
  system.remove();
  await stop();
  if (IS_LONG) console.info('replies by status', Object.fromEntries(replies));
});

beforeEach(() => {
  mood = 'sound';
  victims = 'all';
  log = listen();
});

afterEach(() => {
  vi.restoreAllMocks();
});

const invoke = async (id: OperationId | JobId, event: unknown, remainingMs?: number): Promise<void> => {
  try {
    const result = await system.invoke(id, event, remainingMs);
    for (const secret of secretsIn(result)) secrets.add(secret);
    const { statusCode = 0 } = Object(result);
    replies.set(statusCode, (replies.get(statusCode) ?? 0) + 1);
  } catch (error) {
    replies.set('thrown', (replies.get('thrown') ?? 0) + 1);
    log.thrown(error);
  }
};

/** What was logged since the test began, and a look that anything was. */
const expectSilence = (): void => {
  const lines = [...log.lines];
  vi.restoreAllMocks();
  expect(lines.length).toBeGreaterThan(0);
  expect(leaksIn(lines, secrets).map((line) => line.slice(0, 2_000))).toEqual([]);
};

const MOODS: readonly Mood[] = IS_LONG ? ['quoting', 'condition', 'fault'] : ['quoting', 'condition'];

/** Whose bodies are never quoted: */
const UNQUOTED = new Set<OperationId>([
  // a number alone,
  'publishCall',
  // nothing is written: the reply is a right,
  'createAnnexUpload',
  // names of what there is: none with a canary in it is known, and what is not known is refused before anything is written.
  ...(['savePartners', 'consentToSubmission', 'createExport'] as const),
]);

it.each(MOODS)(
  'logs nothing of what a service quotes of what was to be written (%s)',
  { timeout: 300_000 },
  async (each) => {
    victims = 'writes';
    const unquoted = new Set<OperationId>();
    for (const attacked of ATTACKED) {
      const before = quotes.map(({ length }) => length);
      const bodies = markedBodies(attacked);
      for (const event of bodies.length === 0 ? [recordedHttpEvent(attacked.folder)] : bodies) {
        mood = each;
        await invoke(attacked.id, event);
        mood = 'sound';
      }
      const quoted = quotes.flatMap((of, place) => of.slice(before[place]));
      if (bodies.length > 0 && leaksIn(quoted).length === 0) unquoted.add(attacked.id);
    }
    expectSilence();
    expect(unquoted).toEqual(UNQUOTED);
  },
);

it('logs nothing that a request says, whatever comes of it', { timeout: 120_000 * RUNS }, async () => {
  for (const attacked of ATTACKED) {
    for (const event of markedRequests(attacked, BODIES)) await invoke(attacked.id, event);
  }
  expectSilence();
});

it.each(MOODS)('logs nothing of what a service quotes (%s)', { timeout: 300_000 }, async (each) => {
  for (const attacked of ATTACKED) {
    const marked = markedRequests(attacked, 1).at(-1);
    mood = each;
    await invoke(attacked.id, marked);
    mood = 'sound';
  }
  expectSilence();
});

it('logs nothing of a request that runs out of time', { timeout: 60_000 }, async () => {
  for (const attacked of ATTACKED) await invoke(attacked.id, markedRequests(attacked, 1).at(-1), 301);
  expectSilence();
});

/** Names and addresses of everybody who is written to. */
const markPeople = async (): Promise<void> => {
  const event = recordedHttpEvent('organizations/save-member');
  const people = [
    ['changde-huaxue', 'demo-secretary', 'applicant'],
    ['changde-nongxue', 'demo-secretary-2', 'applicant'],
    ['yuanjiang-xueyuan-kexie', 'demo-secretary-3', 'applicant'],
    ['changde-kexie', 'demo-officer', 'officer'],
  ] as const;
  for (const [organizationId, subject, role] of people) {
    const body = { role, name: canary(subject), email: `${canary(subject)}@example.org` };
    await invoke('saveMember', {
      ...event,
      pathParameters: { organizationId, subject },
      body: JSON.stringify(body),
      isBase64Encoded: false,
    });
  }
  const webhook = recordedHttpEvent('webhooks/save-webhook');
  await invoke('saveWebhook', {
    ...webhook,
    pathParameters: { organizationId: 'changde-kexie', name: 'archive' },
    // Nobody listens there.
    body: JSON.stringify({ url: `http://127.0.0.1:9/${canary('webhook')}`, events: [] }),
    isBase64Encoded: false,
  });
};

const asMessages = (bodies: readonly string[]) => ({
  Records: bodies.map((body, index) => ({
    messageId: `message-${index}`,
    receiptHandle: canary('handle'),
    body,
    attributes: { ApproximateReceiveCount: '1' },
  })),
});

/** The mails that wait, as the queue hands them over. */
const waitingMails = async (): Promise<unknown> => {
  const { Messages = [] } = await world.sqs.client.send(
    new ReceiveMessageCommand({ QueueUrl: world.queues.messages, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
  );
  return asMessages(Messages.map(({ Body = '' }) => Body));
};

const arrivedFile = async (): Promise<unknown> => {
  const event = recordedObjectCreated('jobs/admit-attachment');
  const { object } = event.detail;
  const { Versions = [] } = await world.s3.send(
    new ListObjectVersionsCommand({ Bucket: world.buckets.attachments, Prefix: object.key }),
  );
  const version = Versions[0]?.VersionId ?? '';
  return { ...event, detail: { ...event.detail, object: { ...object, 'version-id': version } } };
};

const askedExports = async (): Promise<unknown> => {
  const exports = exportsRepository(world.db, world.tables.exports);
  const formats = ['xlsx', 'csv', 'ndjson', 'zip'] as const;
  const ids = formats.map((_, index) => EXPORTS.asked.replace('0', `${index + 1}`));
  for (const [index, format] of formats.entries()) {
    const asked = { exportId: ids[index] ?? '', callId: CALLS.past, organiser: 'changde-kexie', format } as const;
    await exports.createWith(newExport({ ...asked, status: 'submitted' }, Date.now()), []);
  }
  return asMessages([
    ...ids.map((exportId) => JSON.stringify({ exportId })),
    JSON.stringify({ exportId: ids[3], part: 1 }),
  ]);
};

/** Events of each job: as recorded, and such as nobody should send, with a canary in them. */
const jobEvents = async (): Promise<Record<JobId, unknown[]>> => {
  const recorded = (name: string): unknown => recordedEvent(`jobs/${name}`);
  const spoilt = (name: string): unknown =>
    JSON.parse(JSON.stringify(recorded(name)).replaceAll(/"(?=[^",:{}[\]\\]+"[,}\]])/g, `"${canary('spoilt')}`));
  const unreadable = asMessages([`{"name":"${canary('message')}`, JSON.stringify({ kind: canary('kind') })]);
  return {
    admitAttachment: [await arrivedFile(), spoilt('admit-attachment'), { detail: canary('detail') }],
    recordScan: [
      ...['record-scan', 'record-scan.threats-found', 'record-scan.failed'].map(recorded),
      spoilt('record-scan'),
    ],
    advanceCalls: [recorded('advance-calls')],
    sealCalls: [recorded('seal-calls')],
    collectUploads: [recorded('collect-uploads')],
    publishEvents: [recorded('publish-events'), spoilt('publish-events')],
    deliverMessages: [recorded('deliver-messages'), unreadable, spoilt('deliver-messages')],
    runExport: [await askedExports(), unreadable, spoilt('run-export')],
    applyRetention: [recorded('apply-retention')],
  };
};

it('logs nothing of what jobs see, nor throws it for Lambda to log', { timeout: 120_000 }, async () => {
  await markPeople();
  const events = await jobEvents();
  for (const each of [...MOODS, 'sound'] as const) {
    for (const id of JOB_IDS) {
      for (const event of events[id]) {
        mood = each;
        await invoke(id, event);
        mood = 'sound';
      }
    }
  }
  await invoke('deliverMessages', await waitingMails());
  expectSilence();
});
