import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DomainEvent } from '#shared/contract/events.ts';
import { historyOfCall, historyOfSubmission } from '#shared/data/history-items.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { MailDeferred } from '#shared/messages/mail/mailer.ts';
import { newSecret } from '#shared/messages/webhook/signature.ts';
import { toInstant } from '#shared/runtime/instants.ts';
import { newDraft } from '#test/support/draft-steps.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { type MessageWorld, messageWorld, type StreamRecord } from '#test/support/message-world.ts';
import { CALL_ID, CLOSES_AT, WHILE_OPEN } from '#test/support/submission-world.ts';

const RUNS = Number(process.env.MESSAGE_RUNS ?? 4);
const AT = toInstant(WHILE_OPEN);
const closesAt = toInstant(CLOSES_AT);

const failedIn = (outcome: unknown): string[] => {
  const failures = Object(outcome).batchItemFailures;
  return Array.isArray(failures) ? failures.map(({ itemIdentifier }) => String(itemIdentifier)) : [];
};

/** Hands a shard's records to the publisher as Lambda does: from the first that failed again, five times more, and then on behind that one. */
const readStream = async (
  { messages }: MessageWorld,
  records: readonly StreamRecord[],
  batchSize: number,
): Promise<StreamRecord[]> => {
  const givenUp: StreamRecord[] = [];
  let rest = [...records];
  let retries = 0;
  while (rest.length > 0) {
    const batch = rest.slice(0, batchSize);
    const failed = new Set(failedIn(await messages.publish({ Records: batch }, lambdaContext())));
    const first = batch.findIndex(({ dynamodb }) => failed.has(dynamodb.SequenceNumber));
    if (first < 0) {
      rest = rest.slice(batch.length);
      retries = 0;
    } else if (first > 0) {
      rest = rest.slice(first);
      retries = 0;
    } else if (retries < 5) {
      retries += 1;
    } else {
      givenUp.push(...rest.slice(0, 1));
      rest = rest.slice(1);
      retries = 0;
    }
  }
  return givenUp;
};

const members = [
  ['secretary', 'unit-1', 'applicant', 'one@unit.example'],
  ['colleague', 'unit-1', 'applicant', 'two@unit.example'],
  ['silent', 'unit-1', 'applicant', undefined],
  ['secretary-2', 'unit-2', 'applicant', 'three@unit.example'],
  ['officer', 'changde-kx', 'officer', 'officer@organiser.example'],
] as const;

const DRAFTING = ['one@unit.example', 'two@unit.example', 'three@unit.example'];
const LEADING = ['one@unit.example', 'two@unit.example'];
const OFFICERS = ['officer@organiser.example'];

/** What happened, and who is to be written to: all of it told again in a test's own words. */
const happenings = (
  submissionId: string,
): readonly (readonly [string, number, Parameters<MessageWorld['record']>[2], readonly string[]])[] => {
  const call = historyOfCall(CALL_ID);
  const submission = historyOfSubmission(submissionId);
  return [
    [call, 101, bySystem(AT, 'closing-soon', { closesAt, withoutDraft: false }), DRAFTING],
    [call, 102, bySystem(AT, 'extended', { closesAt }), [...DRAFTING, ...OFFICERS]],
    [call, 103, bySystem(AT, 'closed', { closesAt, submissions: 1, units: 1, drafts: 1 }), OFFICERS],
    [call, 104, bySystem(AT, 'published', { version: 1 }), []],
    [submission, 201, bySystem(AT, 'submitted', { receiptNo: '0'.repeat(26) }), LEADING],
    [submission, 202, bySystem(AT, 'answers-saved', {}), []],
    [submission, 203, bySystem(AT, 'withdrawn', {}), LEADING],
  ];
};

const poison = (sequence: string): StreamRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: sequence, NewImage: { subject: { S: 'nobody#knows' }, entry: { S: 'this' } } },
});

const webhook = (name: string) => ({
  organizationId: 'changde-kx',
  name,
  url: `https://${name}.example/events`,
  events: [],
  state: 'active' as const,
  secret: newSecret(),
  revision: 1,
  createdAt: AT,
  updatedAt: AT,
});

const begin = async (options: Parameters<typeof messageWorld>[0]) => {
  const world = await messageWorld(options);
  for (const [subject, organizationId, role, email] of members) {
    await world.memberships.put({ subject, organizationId, role, ...(email === undefined ? {} : { email }) });
  }
  const submissionId = await newDraft(world);
  await newDraft(world, { subject: 'secretary-2' });
  const told = happenings(submissionId);
  for (const [subject, revision, entry] of told) await world.record(subject, revision, entry);
  const isOurs = ({ dynamodb }: StreamRecord): boolean => Number(dynamodb.NewImage.entry?.S) > 100;
  const stream = [
    ...(await world.streamOf(historyOfCall(CALL_ID))),
    ...(await world.streamOf(historyOfSubmission(submissionId))),
  ].filter(isOurs);
  const expected = told.flatMap(([, , , addresses]) => addresses).sort();
  return { world, stream, expected, events: told.filter(([, , { action }]) => action !== 'answers-saved').length };
};

const fromSeed = (seed: number) => {
  // A linear congruential generator: the schedule is the seed's alone.
  let state = seed;
  const next = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, place: next() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  return { chance: (share: number) => next() < share, shuffled };
};

it(`sends each mail and each webhook once, however records and messages are doubled, reordered, poisoned and refused (${RUNS} schedules)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 1, max: 7 }), async (seed, batchSize) => {
      const { chance, shuffled } = fromSeed(seed);
      const { world, stream, expected, events } = await begin({
        chance: { doubled: () => chance(0.2), again: () => chance(0.2), shuffled },
        beforeMail: () => {
          if (chance(0.15)) throw new MailDeferred({ cause: undefined });
        },
        answer: () => (chance(0.2) ? { kind: 'timed-out' } : { kind: 'answered', status: chance(0.2) ? 500 : 200 }),
      });
      await world.webhooks.saveAtRevision(webhook('one'), 0);
      await world.webhooks.saveAtRevision(webhook('two'), 0);
      const records = shuffled([...stream, ...stream, poison('9')]).map((record, place) => ({
        ...record,
        dynamodb: { ...record.dynamodb, SequenceNumber: String(place) },
      }));
      world.queue.inject('{"kind":"poison"}');
      world.queue.inject('no JSON');

      const givenUp = await readStream(world, records, batchSize);
      await world.drain();

      expect(givenUp.map(({ dynamodb }) => dynamodb.NewImage.subject?.S)).toEqual(['nobody#knows']);
      expect([...world.queue.deadLetters].sort()).toEqual(['no JSON', '{"kind":"poison"}']);
      expect(world.mails.map(({ to }) => to).sort()).toEqual(expected);
      expect(new Set(world.mails.map(({ id }) => id)).size).toBe(expected.length);

      const delivered = world.posts.filter(({ status }) => status === 200);
      const told = delivered.map(({ url, headers }) => `${url} ${headers['webhook-id']}`);
      expect(told).toHaveLength(2 * events);
      expect(new Set(told).size).toBe(told.length);
    }),
    { numRuns: RUNS, endOnFailure: true },
  );
}, 600_000);

it('a mail whose record is lost in a crash is sent again, and only that one', async () => {
  const { world, stream } = await begin({});
  const { deliveries } = world;
  const markSent = deliveries.markSent;
  let crashes = 1;
  deliveries.markSent = async (delivery, at) => {
    if (delivery.startsWith('mail#')) crashes -= 1;
    if (crashes === 0 && delivery.startsWith('mail#')) throw new Error('the instance is gone');
    return markSent(delivery, at);
  };
  const closed = stream.filter(({ dynamodb }) => dynamodb.NewImage.action?.S === 'submitted');
  await world.messages.publish({ Records: closed }, lambdaContext());
  await world.drain();
  expect(world.mails).toHaveLength(LEADING.length + 1);
  expect(new Set(world.mails.map(({ id }) => id)).size).toBe(2);
});

it('an event told again long after, as by a replay of dead letters, sends nothing twice', async () => {
  const { world, stream, expected } = await begin({});
  await world.messages.publish({ Records: stream }, lambdaContext());
  await world.drain();
  world.clock.now += 24 * 60 * 60_000;
  await world.messages.publish({ Records: stream }, lambdaContext());
  await world.drain();
  expect(world.mails.map(({ to }) => to).sort()).toEqual(expected);
});

it('reminds nobody of a deadline that is another one by now, or has passed', async () => {
  const { world } = await begin({});
  const event: DomainEvent = {
    id: 'call#changde-2022/00000009',
    type: 'call.closing-soon',
    at: AT,
    organiser: 'changde-kx',
    data: { callId: CALL_ID, closesAt: toInstant(CLOSES_AT - 86_400_000) },
  };
  await world.queue.send([{ kind: 'audience', event }]);
  await world.drain();
  world.clock.now = CLOSES_AT;
  await world.queue.send([{ kind: 'audience', event: { ...event, data: { callId: CALL_ID, closesAt } } }]);
  await world.drain();
  expect(world.mails).toEqual([]);
});

it('tells officers of a deadline of some that has passed without figures, which are counted for the whole call alone', async () => {
  const { world } = await begin({});
  const closed = (id: string, data: object): DomainEvent =>
    DomainEvent.parse({
      id,
      type: 'call.closed',
      at: AT,
      organiser: 'changde-kx',
      data: { callId: CALL_ID, closesAt, ...data },
    });
  const counts = { submissions: 3, units: 2, drafts: 1 };
  const events = [
    closed('call#a/1', counts),
    closed('call#a/2', { category: '1' }),
    closed('call#a/3', { unitId: 'unit-1' }),
  ];
  await world.queue.send(events.map((event) => ({ kind: 'audience', event })));
  await world.drain();
  const texts = world.mails.map(({ text }) => text);
  expect(texts).toHaveLength(3);
  expect(texts.filter((text) => /已提交 3 项（2 个单位）.*Submitted: 3/s.test(text))).toHaveLength(1);
  expect(texts.filter((text) => /已提交|Submitted/.test(text))).toHaveLength(1);
  for (const text of texts) expect(text).not.toContain('—');
});
