import { expect, test } from 'vitest';
import type * as z from 'zod';
import { getProgress } from '#shared/contract/progress.ts';
import { newDraft, readyDraft } from '#test/support/draft-steps.ts';
import { manyUnitId, seedSubmissions } from '#test/support/many-submissions.ts';
import { countUnits } from '#test/support/read-units.ts';
import { CALL_ID, type SubmissionWorld, send, submissionWorld, WHILE_OPEN } from '#test/support/submission-world.ts';

const HOUR = 3_600_000;

const ask = async (world: SubmissionWorld, query: Record<string, string> = {}, subject = 'officer') => {
  const reply = await send(world.app.progress, { params: { callId: CALL_ID }, query, subject });
  expect(reply.status).toBe(200);
  return getProgress.reply.parse(reply.body);
};

/** All pages of a list, and how many units each has. */
const allPages = async (world: SubmissionWorld, query: Record<string, string>) => {
  const items: z.output<typeof getProgress.reply>['items'] = [];
  let cursor: string | undefined;
  do {
    const page = await ask(world, { ...query, ...(cursor === undefined ? {} : { cursor }) });
    expect(page.items.length).toBeLessThanOrEqual(Number(query.limit ?? 20));
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return items;
};

const submitted = async (world: SubmissionWorld, subject: string, category: string): Promise<string> => {
  const { submissionId } = await readyDraft(world, { subject, category });
  expect((await send(world.app.submit, { params: { submissionId }, subject })).status).toBe(200);
  return submissionId;
};

test('tells of each unit its drafts and how far they are, its submissions and its limits, and of no draft what it says', async () => {
  const world = await submissionWorld();
  const sent = await submitted(world, 'secretary', '2-1');
  const draft = await newDraft(world);
  const ofOther = await submitted(world, 'secretary-2', '1');

  const drafts = await ask(world);
  expect(drafts).toEqual({
    callId: CALL_ID,
    show: 'drafts',
    items: [
      {
        ...{ unitId: 'unit-1', name: '常德市医学会', kinds: ['市级学会'], draftCount: 1, submissionCount: 1 },
        drafts: [
          {
            ...{ submissionId: draft, category: '1', answered: 1, fields: 2, attachmentCount: 0 },
            createdAt: new Date(WHILE_OPEN).toISOString(),
            updatedAt: new Date(WHILE_OPEN).toISOString(),
          },
        ],
        submissions: [{ submissionId: sent, category: '2-1', submittedAt: new Date(WHILE_OPEN).toISOString() }],
        limits: [{ title: '关于申报2022年度项目的通知', limit: 3, count: 1, left: 2 }],
      },
    ],
  });
  expect(JSON.stringify(drafts)).not.toContain('学会能力提升');

  const both = await ask(world, { show: 'submitted' });
  expect(both.items.map(({ unitId }) => unitId).sort()).toEqual(['unit-1', 'unit-2']);
  const [inFirst] = await allPages(world, { show: 'submitted', category: '1' });
  expect(inFirst).toMatchObject({ unitId: 'unit-2', submissions: [{ submissionId: ofOther }] });
  expect((await ask(world, { show: 'drafts', category: '2-1' })).items).toEqual([]);
});

test('counts all of a call exactly where it is asked to, by category and group, and over time', async () => {
  const world = await submissionWorld();
  await world.jobs.advance();
  await submitted(world, 'secretary', '2-1');
  await submitted(world, 'secretary', '1');
  await submitted(world, 'secretary-2', '2-1');
  await newDraft(world);
  await newDraft(world, { category: '2-1' });
  world.clock.now = WHILE_OPEN + HOUR;
  await world.jobs.advance();

  const { totals, overTime } = await ask(world, { totals: 'true' });
  const all = { submissions: 3, units: 2, drafts: 2 };
  expect(totals).toEqual({
    ...all,
    countedAt: new Date(WHILE_OPEN).toISOString(),
    categories: [
      { code: '1', title: '学会党的建设', submissions: 1, units: 1, drafts: 1 },
      { code: '2', title: '能力建设', submissions: 2, units: 2, drafts: 1 },
      { code: '2-1', title: '重点学会建设', group: '2', submissions: 2, units: 2, drafts: 1 },
    ],
  });
  expect(overTime).toEqual([
    { at: new Date(WHILE_OPEN).toISOString(), submissions: 0, units: 0, drafts: 0 },
    { at: new Date(WHILE_OPEN + HOUR).toISOString(), ...all },
  ]);
  const inOne = await ask(world, { totals: 'true', category: '1' });
  expect(inOne.overTime?.at(-1)).toMatchObject({ submissions: 1, units: 1, drafts: 1 });
  expect(await ask(world)).not.toHaveProperty('totals');
});

test('names the units that may apply and have nothing: those the organiser keeps, of the kinds that may', async () => {
  const world = await submissionWorld();
  const keep = (organizationId: string, ...kinds: string[]) =>
    world.organizations.put({ organizationId, name: organizationId, kinds, organiser: false, managedBy: 'changde-kx' });
  await Promise.all([
    ...['kept-1', 'kept-2', 'kept-3'].map((unit) => keep(unit, '市级学会')),
    keep('unit-1', '市级学会'),
    keep('kept-company', '企业'),
    world.organizations.put({ organizationId: 'others', name: '他人', kinds: ['市级学会'], organiser: false }),
  ]);
  const nothing = async (query: Record<string, string> = {}) =>
    (await allPages(world, { show: 'nothing', limit: '2', ...query })).map(({ unitId }) => unitId);
  expect(await nothing()).toEqual(['kept-1', 'kept-2', 'kept-3', 'unit-1']);
  const draft = await newDraft(world);
  expect(await nothing()).toEqual(['kept-1', 'kept-2', 'kept-3']);
  expect(await nothing({ category: '2-1' })).toEqual(['kept-1', 'kept-2', 'kept-3', 'unit-1']);
  await send(world.app.remove, { params: { submissionId: draft } });
  expect(await nothing()).toEqual(['kept-1', 'kept-2', 'kept-3', 'unit-1']);
});

test('is for officers of the organiser alone, and its cursors for the list that gave them out', async () => {
  const world = await submissionWorld();
  const params = { callId: CALL_ID };
  for (const subject of ['secretary', 'outsider']) {
    expect((await send(world.app.progress, { params, subject })).status).toBe(404);
  }
  const wrong = { params, subject: 'officer', query: { cursor: 'eyJ4IjoxfQ', show: 'nothing' } };
  expect((await send(world.app.progress, wrong)).status).toBe(400);
  expect((await send(world.app.progress, { ...wrong, query: { category: '9' } })).status).toBe(422);
});

/** Read units of one page of each list, once the definition is cached, in a call of so many units with a draft each and as many with nothing. */
const costs = async (units: number) => {
  const world = await submissionWorld();
  const call = await world.calls.head(CALL_ID);
  if (call === undefined) throw new Error('no call');
  await seedSubmissions(world, {
    ...{ call, count: units, perUnit: 1, submittedFrom: WHILE_OPEN },
    categories: [{ code: '1', countedIn: ['1'] }],
    answersOf: () => ({ name: '学会能力提升' }),
    isDraft: (place) => place % 2 === 0,
  });
  for (let start = 0; start < units; start += 50) {
    const some = Array.from(
      { length: Math.min(50, units - start) },
      (_, n) => `idle-${String(start + n).padStart(5, '0')}`,
    );
    await Promise.all(
      some.map((organizationId) =>
        world.organizations.put({
          ...{ organizationId, name: organizationId, kinds: ['市级学会'], organiser: false, managedBy: 'changde-kx' },
        }),
      ),
    );
  }
  await ask(world);
  const meter = countUnits(world.db);
  const cost = async (query: Record<string, string>): Promise<number> => {
    meter.take();
    await ask(world, { limit: '5', ...query });
    return meter.take();
  };
  return {
    world,
    drafts: await cost({ show: 'drafts' }),
    submitted: await cost({ show: 'submitted' }),
    nothing: await cost({ show: 'nothing' }),
    totals: await cost({ show: 'drafts', totals: 'true' }),
  };
};

test('costs as much a page in a call of two thousand units as in one of ten; only the totals grow', async () => {
  const small = await costs(10);
  const large = await costs(2_000);
  const { world: _small, ...figuresOfSmall } = small;
  const { world, ...figures } = large;
  // Both look at five units and their heads; a small call has its units spread over all sixteen partitions.
  for (const show of ['drafts', 'submitted', 'nothing'] as const) {
    expect(figures[show]).toBeLessThanOrEqual(Math.max(figuresOfSmall[show], 40));
  }
  expect(figures.totals).toBeGreaterThan(4 * figures.drafts);
  expect(figures).toMatchInlineSnapshot(`
    {
      "drafts": 15,
      "nothing": 7.5,
      "submitted": 15,
      "totals": 80,
    }
  `);
  const names = (await allPages(world, { show: 'drafts', limit: '100' })).map(({ unitId }) => unitId).sort();
  expect(names).toEqual(Array.from({ length: 1_000 }, (_, n) => manyUnitId(2 * n)));
}, 300_000);
