import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { windowOf } from '#shared/domain/deadline/window-of.ts';
import { bySystem } from '#shared/domain/history/entry.ts';
import { CATEGORIES, type Move, type Story, stories, UNITS } from '#test/support/deadlines/moves.ts';
import { Oracle } from '#test/support/deadlines/oracle.ts';
import { announced, applicantOf, newDraft, uploaded } from '#test/support/draft-steps.ts';
import { CALL_ID, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const HOUR = 60 * 60_000;

/** Runs ticks before, or beside, what is received at an instant (ms). */
type Ticks = (world: SubmissionWorld, receivedAt: number, request: () => Promise<void>) => Promise<void>;

const hourly = (): Ticks => {
  let last = Number.NEGATIVE_INFINITY;
  return async (world, receivedAt, request) => {
    if (receivedAt - last > HOUR) {
      await world.jobs.advance();
      last = receivedAt;
    }
    await request();
  };
};

const TICKS: Readonly<Record<string, () => Ticks>> = {
  absent: () => async (_world, _receivedAt, request) => request(),
  'late by an hour': hourly,
  doubled: () => async (world, _receivedAt, request) => {
    await world.jobs.advance();
    await world.jobs.advance();
    await request();
  },
  concurrent: () => async (world, _receivedAt, request) => {
    await Promise.all([world.jobs.advance(), request(), world.jobs.advance()]);
  },
};

/** A world whose call has the window of a story, each unit with a draft in each category. */
const worldOf = async ({ timezone, opens, closes }: Story) => {
  const world = await submissionWorld({ reminders: { before: ['1h', '5min'] } });
  const window = windowOf({ opens, closes, timezone });
  const head = await world.calls.head(CALL_ID);
  if (head === undefined) throw new Error('no call');
  const at = window.opensAt;
  const next = { ...head, ...window, revision: head.revision + 1 };
  await world.changes.replaceHeadAtRevision(next, head.revision, bySystem(at, 'saved'));
  const receivedAt = Date.parse(window.opensAt);
  const drafts = new Map<string, string>();
  for (const unitId of UNITS)
    for (const category of CATEGORIES) {
      const subject = applicantOf(unitId);
      const submissionId = await newDraft(world, { category, subject, receivedAt });
      const attachmentId = await announced(world, submissionId, { subject, receivedAt });
      uploaded(world, submissionId, attachmentId, { storedAt: receivedAt });
      drafts.set(`${unitId} ${category}`, submissionId);
    }
  return { world, drafts };
};

const ask = async (
  world: SubmissionWorld,
  { receivedAt, kind, closesAt, category, unitId }: Move,
): Promise<boolean> => {
  const { status, body } = await send(kind === 'extend' ? world.app.extend : world.app.close, {
    params: { callId: CALL_ID },
    subject: 'officer',
    body: { reason: '试验', closesAt, category, unitId },
    receivedAt,
  });
  expect([200, 201, 409, 422], JSON.stringify(body)).toContain(status);
  return status < 300;
};

/** For each way in which ticks come; `STORIES=50` for a long run. */
const STORIES = Number(process.env.STORIES ?? 2);
const ATTEMPTS = 25;
const PLAYED = fc.sample(stories({ moves: 16, attempts: ATTEMPTS }), {
  numRuns: STORIES * Object.keys(TICKS).length,
  seed: 20_220_331,
});

/** What happens in a story, in order of receipt: submits lie near the deadlines it comes to, and near its moves. */
const eventsOf = (story: Story) => {
  const oracle = new Oracle(story);
  const moments = story.moves.map(({ receivedAt }) => receivedAt);
  moments.push(...oracle.all());
  for (const move of story.moves) {
    oracle.asked(move);
    moments.push(...oracle.all());
  }
  const attempts = story.attempts.map(({ near, by, ...attempt }) => ({
    ...attempt,
    receivedAt: (moments[near % moments.length] ?? 0) + by,
  }));
  return [...story.moves, ...attempts].sort((one, other) => one.receivedAt - other.receivedAt);
};

describe(`${PLAYED.length * ATTEMPTS} submits through handler and tables`, { timeout: 240_000 }, () => {
  const seen = { accepted: 0, refused: 0, granted: 0 };

  test.each(Object.entries(TICKS))('are accepted if and only if in time, with ticks %s', async (name, ticksOf) => {
    const from = Object.keys(TICKS).indexOf(name) * STORIES;
    for (const story of PLAYED.slice(from, from + STORIES)) {
      const { world, drafts } = await worldOf(story);
      const oracle = new Oracle(story);
      const ticks = ticksOf();
      for (const event of eventsOf(story)) {
        const { receivedAt } = event;
        world.clock.now = receivedAt;
        await ticks(world, receivedAt, async () => {
          if ('kind' in event) {
            const isGranted = oracle.asked(event);
            expect(await ask(world, event), JSON.stringify({ story, event })).toBe(isGranted);
            seen.granted += isGranted ? 1 : 0;
            return;
          }
          const { unitId, category } = event;
          const submissionId = drafts.get(`${unitId} ${category}`) ?? '';
          const sent = { params: { submissionId }, subject: applicantOf(unitId), receivedAt };
          const { status, body } = await send(world.app.submit, sent);
          const isInTime = oracle.accepts(event);
          expect(status, JSON.stringify({ story, event, body })).toBe(isInTime ? 200 : 409);
          if (!isInTime) {
            seen.refused += 1;
            return;
          }
          seen.accepted += 1;
          expect(Date.parse(String(body.deadline))).toBe(oracle.inForce(category, unitId));
          // In time for a submit is in time for taking it back: a draft again for the next one.
          expect((await send(world.app.withdraw, sent)).status).toBe(200);
        });
      }
    }
  });

  test('are some of each', () => {
    expect(seen.accepted + seen.refused).toBe(PLAYED.length * ATTEMPTS);
    for (const count of [seen.accepted, seen.refused, seen.granted]) expect(count).toBeGreaterThan(20);
  });
});
