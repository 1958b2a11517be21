import { expect, test } from 'vitest';
import { getTimeline } from '#shared/contract/timeline.ts';
import { byOfficer } from '#shared/domain/history/entry.ts';
import { newDraft } from '#test/support/draft-steps.ts';
import {
  CALL_ID,
  CLOSES_AT,
  type SubmissionWorld,
  send,
  submissionWorld,
  WHILE_OPEN,
} from '#test/support/submission-world.ts';

const DAY = 86_400_000;
const DRAIN = 120_000;

const instant = (ms: number): string => new Date(ms).toISOString();

const read = async (world: SubmissionWorld, subject: string, query: Record<string, string> = {}) => {
  const reply = await send(world.app.timeline, {
    ...{ params: { callId: CALL_ID }, query, subject, receivedAt: world.clock.now },
    headers: { 'accept-language': 'zh' },
  });
  expect(reply.status, JSON.stringify(reply.body)).toBe(200);
  return getTimeline.reply.parse(reply.body);
};

/** A call that reminds a day before, opened, with a draft of unit-1, which was given two days longer. */
const extendedWorld = async () => {
  const world = await submissionWorld();
  const head = await world.calls.head(CALL_ID);
  if (head === undefined) throw new Error('no call');
  await world.changes.replaceHeadAtRevision(
    { ...head, revision: head.revision + 1, reminders: { before: [DAY], withoutDraft: false } },
    head.revision,
    byOfficer('officer', instant(WHILE_OPEN - 1), 'published', { version: 1 }),
  );
  await world.memberships.put({ subject: 'officer', organizationId: 'changde-kx', role: 'officer', name: '李科长' });
  await newDraft(world);
  await world.jobs.advance();
  const extend = async (body: Record<string, string>) => {
    const sent = { params: { callId: CALL_ID }, subject: 'officer', receivedAt: world.clock.now };
    const reply = await send(world.app.extend, { ...sent, body: { reason: '系统故障', ...body } });
    expect(reply.status, JSON.stringify(reply.body)).toBe(201);
  };
  await extend({ closesAt: instant(CLOSES_AT + 2 * DAY), unitId: 'unit-1' });
  await extend({ closesAt: instant(CLOSES_AT + DAY), category: '2-1' });
  return world;
};

test('an officer reads what has happened, by whom, and every step to come, in words and in the zone of the call', async () => {
  const world = await extendedWorld();
  const { items, toCome, status, timezone } = await read(world, 'officer');
  expect([status, timezone]).toEqual(['open', 'Asia/Shanghai']);
  const by = { subject: 'officer', name: '李科长' };
  expect(items).toEqual([
    {
      ...{ action: 'published', at: instant(WHILE_OPEN - 1), atLocal: '2022-03-10T07:59:59.999+08:00' },
      ...{ text: '发布第 1 版', by },
    },
    { action: 'opened', at: instant(WHILE_OPEN), atLocal: '2022-03-10T08:00:00.000+08:00', text: '开始申报' },
    {
      ...{ action: 'extended', at: instant(WHILE_OPEN), atLocal: '2022-03-10T08:00:00.000+08:00', by },
      ...{ unitId: 'unit-1', closesAt: instant(CLOSES_AT + 2 * DAY) },
      text: '常德市医学会延期至 2022年4月2日24:00（Asia/Shanghai）：系统故障',
    },
    {
      ...{ action: 'extended', at: instant(WHILE_OPEN), atLocal: '2022-03-10T08:00:00.000+08:00', by },
      ...{ category: '2-1', closesAt: instant(CLOSES_AT + DAY) },
      text: '类别 2-1 延期至 2022年4月1日24:00（Asia/Shanghai）：系统故障',
    },
  ]);
  expect(toCome.map(({ step, at, text }) => [step, at, text])).toEqual([
    ['reminder', instant(CLOSES_AT - DAY), '截止前 1天 的提醒'],
    ['closes', instant(CLOSES_AT), '截止'],
    ['reminder', instant(CLOSES_AT), '类别 2-1 截止前 1天 的提醒'],
    ['closes', instant(CLOSES_AT + DAY), '类别 2-1 截止'],
    ['reminder', instant(CLOSES_AT + DAY), '常德市医学会截止前 1天 的提醒'],
    ['closes', instant(CLOSES_AT + 2 * DAY), '常德市医学会截止'],
    ['seals', instant(CLOSES_AT + 2 * DAY + DRAIN), '最后一个截止时间过后封存'],
  ]);
  expect(toCome[1]?.atLocal).toBe('2022-04-01T00:00:00.000+08:00');
});

test('a unit reads what holds for all and for itself; another one nothing of what it was granted, nor who did it', async () => {
  const world = await extendedWorld();
  const [own, other] = [await read(world, 'secretary'), await read(world, 'secretary-2')];
  const ofUnit = (timeline: typeof own) =>
    [...timeline.items, ...timeline.toCome].filter(({ unitId }) => unitId !== undefined).map(({ unitId }) => unitId);
  expect(ofUnit(own)).toEqual(['unit-1', 'unit-1']);
  expect(ofUnit(other)).toEqual([]);
  expect(other.items.map(({ action, by }) => [action, by])).toEqual([
    ['published', undefined],
    ['opened', undefined],
    ['extended', undefined],
  ]);
  expect(other.toCome.map(({ step }) => step)).toEqual(['closes', 'closes', 'seals']);
  expect((await read(world, 'nobody')).toCome).toEqual(other.toCome);
});

test('what is done leaves what is to come, up to the seal, and officers alone are told the counts of the close', async () => {
  const world = await extendedWorld();
  world.clock.now = CLOSES_AT - DAY;
  await world.jobs.advance();
  world.clock.now = CLOSES_AT + 3 * DAY;
  await world.jobs.advance();
  const { items, toCome, status } = await read(world, 'officer');
  expect(status).toBe('closed');
  expect(items.slice(4).map(({ text }) => text)).toEqual([
    '截止前 1天 的提醒',
    '截止：已提交 0 项，申报单位 0 个，未提交的草稿 1 份',
    '类别 2-1 截止',
    '常德市医学会截止',
  ]);
  expect(toCome.map(({ step, at }) => [step, at])).toEqual([['seals', instant(CLOSES_AT + 3 * DAY)]]);
  const ofUnit = await read(world, 'secretary');
  expect(ofUnit.items.filter(({ action }) => action === 'closed').map(({ text }) => text)).toEqual([
    '截止',
    '类别 2-1 截止',
    '常德市医学会截止',
  ]);
});

test('is read page by page, forwards and backwards, however much of the history is no part of it', async () => {
  const world = await extendedWorld();
  const pages = async (order: string) => {
    const actions: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(world, 'officer', { order, limit: '1', ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items.length).toBeLessThanOrEqual(1);
      actions.push(...page.items.map(({ action, category = '' }) => `${action}${category}`));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    return actions;
  };
  const forwards = await pages('oldest');
  expect(forwards).toEqual(['published', 'opened', 'extended', 'extended2-1']);
  expect(await pages('newest')).toEqual([...forwards].reverse());
});

test('of a call that is not published is for officers alone', async () => {
  const world = await submissionWorld();
  const head = await world.calls.head(CALL_ID);
  if (head === undefined) throw new Error('no call');
  await world.changes.replaceHeadAtRevision(
    { ...head, revision: head.revision + 1, publishedVersion: undefined },
    head.revision,
    byOfficer('officer', instant(WHILE_OPEN), 'unpublished'),
  );
  expect((await read(world, 'officer')).toCome).toEqual([]);
  const params = { callId: CALL_ID };
  expect((await send(world.app.timeline, { params, subject: 'secretary' })).status).toBe(404);
  expect((await send(world.app.timeline, { params: { callId: 'nobody' }, subject: 'officer' })).status).toBe(404);
});
