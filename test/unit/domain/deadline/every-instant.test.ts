import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CallHead } from '#shared/domain/call/call-head.ts';
import { isOpenAt } from '#shared/domain/deadline/assert-open.ts';
import {
  type Deadline,
  deadlineInForce,
  type GrantedDeadline,
  grantedWithin,
} from '#shared/domain/deadline/deadline-in-force.ts';
import {
  type CallDeadlines,
  closeEarly,
  earliestClose,
  extendDeadline,
} from '#shared/domain/deadline/move-deadline.ts';
import { deadlineAt, windowOf } from '#shared/domain/deadline/window-of.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { callHead } from '#test/support/calls.ts';
import { type Attempt, type Move, type Story, stories } from '#test/support/deadlines/moves.ts';
import { Oracle } from '#test/support/deadlines/oracle.ts';
import { runsOf } from '#test/support/property-runs.ts';

/** Longer than a request can be under way. */
const UNDER_WAY_MS = 20_000;

/** Decides on a submit by the deadlines that it read. */
type Decide = (read: CallDeadlines, attempt: Attempt) => boolean;

const decide: Decide = ({ head, granted }, { receivedAt, category, unitId }) =>
  isOpenAt(head, deadlineInForce(head, grantedWithin(granted, { category, unitId })), receivedAt);

/** Mistakes that somebody could make; each has to be found. */
const MISTAKES: Readonly<Record<string, Decide>> = {
  'goes by what was granted last': ({ head, granted }, { receivedAt, category, unitId }) => {
    const own: Deadline & { setAt: string } = { ...head, setAt: head.deadlineSetAt ?? '' };
    const last = [own, ...grantedWithin(granted, { category, unitId })].reduce((one, other) =>
      other.setAt >= one.setAt ? other : one,
    );
    return isOpenAt(head, last, receivedAt);
  },
  'ignores units': ({ head, granted }, { receivedAt, category }) =>
    isOpenAt(head, deadlineInForce(head, grantedWithin(granted, { category })), receivedAt),
  'ignores categories': ({ head, granted }, { receivedAt, unitId }) =>
    isOpenAt(head, deadlineInForce(head, grantedWithin(granted, { unitId })), receivedAt),
  "takes another unit's": ({ head, granted }, { receivedAt, category }) =>
    isOpenAt(
      head,
      deadlineInForce(
        head,
        granted.filter((one) => one.category === undefined || one.category === category),
      ),
      receivedAt,
    ),
  'takes what comes with the deadline': ({ head, granted }, { receivedAt, category, unitId }) => {
    const { closesAt } = deadlineInForce(head, grantedWithin(granted, { category, unitId }));
    return Date.parse(head.opensAt) <= receivedAt && receivedAt <= Date.parse(closesAt);
  },
  "goes by the call's own alone": ({ head }, { receivedAt }) => isOpenAt(head, head, receivedAt),
};

const headOf = ({ timezone, opens, closes }: Story): CallHead =>
  callHead({ ...windowOf({ opens, closes, timezone }), timezone });

const moved = (
  read: CallDeadlines,
  { receivedAt, kind, category, unitId, closesAt }: Move,
): CallDeadlines | undefined => {
  const written = closesAt ?? new Date(earliestClose(receivedAt)).toISOString();
  const to = deadlineAt(written, read.head.timezone);
  const scope = { category, unitId };
  try {
    const move = kind === 'extend' ? extendDeadline : closeEarly;
    return move(read, scope, to, receivedAt).next;
  } catch (error) {
    if (error instanceof DomainError) return undefined;
    throw error;
  }
};

/** The deadlines as they were from an instant on, ms, with what has to come out of them. */
interface Chapter {
  readonly from: number;
  readonly read: CallDeadlines;
  readonly oracle: Oracle;
}

/** Plays the moves; at each, the domain and the oracle have to agree on whether it is granted. */
const chaptersOf = (story: Story): Chapter[] => {
  const granted: GrantedDeadline[] = [];
  let read: CallDeadlines = { head: headOf(story), granted };
  const done: Move[] = [];
  const oracleOf = (): Oracle => {
    const oracle = new Oracle(story);
    for (const move of done) oracle.asked(move);
    return oracle;
  };
  const chapters: Chapter[] = [{ from: Number.NEGATIVE_INFINITY, read, oracle: oracleOf() }];
  for (const move of story.moves) {
    const next = moved(read, move);
    const isGranted = oracleOf().asked(move);
    expect(next !== undefined, JSON.stringify({ story, move })).toBe(isGranted);
    if (next === undefined) continue;
    read = next;
    done.push(move);
    chapters.push({ from: move.receivedAt, read, oracle: oracleOf() });
  }
  return chapters;
};

const chapterAt = (chapters: readonly Chapter[], at: number): Chapter => {
  const chapter = chapters.findLast(({ from }) => from <= at);
  if (chapter === undefined) throw new Error('every moment is in a chapter');
  return chapter;
};

/** Submits near the deadlines and the moves of a story. */
const placed = ({ moves, attempts }: Story, chapters: readonly Chapter[]): Attempt[] => {
  const moments = [...chapters.flatMap(({ oracle }) => oracle.all()), ...moves.map(({ receivedAt }) => receivedAt)];
  return attempts.map(({ near, by, ...attempt }) => ({
    ...attempt,
    receivedAt: (moments[near % moments.length] ?? 0) + by,
  }));
};

const STORIES = runsOf(2_000);
const ATTEMPTS = 50;

describe('a submit', { timeout: 120_000 }, () => {
  test(`is accepted if and only if it was received before the deadline in force, at ${STORIES * ATTEMPTS} instants`, () => {
    const seen = { accepted: 0, refused: 0, moves: 0, on: 0 };
    const found = new Map(Object.keys(MISTAKES).map((name) => [name, 0]));
    fc.assert(
      fc.property(stories({ moves: 12, attempts: ATTEMPTS }), (story) => {
        const chapters = chaptersOf(story);
        seen.moves += chapters.length - 1;
        for (const attempt of placed(story, chapters)) {
          const { read, oracle } = chapterAt(chapters, attempt.receivedAt);
          const expected = oracle.accepts(attempt);
          expect(decide(read, attempt), JSON.stringify({ story, attempt })).toBe(expected);
          seen[expected ? 'accepted' : 'refused'] += 1;
          if (oracle.all().includes(attempt.receivedAt)) seen.on += 1;
          for (const [name, mistaken] of Object.entries(MISTAKES))
            if (mistaken(read, attempt) !== expected) found.set(name, (found.get(name) ?? 0) + 1);
        }
      }),
      { numRuns: STORIES },
    );
    expect(seen.accepted + seen.refused).toBe(STORIES * ATTEMPTS);
    for (const count of [seen.accepted, seen.refused, seen.moves, seen.on])
      expect(count).toBeGreaterThan(runsOf(2_000));
    for (const [name, times] of found) expect(times, `whoever ${name} would not be found`).toBeGreaterThan(0);
  });

  test('that is in time stays so while it is under way, whatever is moved meanwhile', () => {
    let moved = 0;
    fc.assert(
      fc.property(stories({ moves: 12, attempts: 20 }), fc.nat({ max: UNDER_WAY_MS }), (story, underWay) => {
        const chapters = chaptersOf(story);
        for (const attempt of placed(story, chapters)) {
          const atReceipt = chapterAt(chapters, attempt.receivedAt);
          const whenRead = chapterAt(chapters, attempt.receivedAt + underWay);
          if (atReceipt !== whenRead) moved += 1;
          if (decide(atReceipt.read, attempt)) expect(decide(whenRead.read, attempt)).toBe(true);
        }
      }),
      { numRuns: runsOf(1_000) },
    );
    expect(moved).toBeGreaterThan(runsOf(100));
  });
});
