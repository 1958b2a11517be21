import { describe, expect, test } from 'vitest';
import type { Operation, Outcome, Wish } from './history.ts';
import { isLinearizable } from './linearize.ts';
import type { Model, State } from './model.ts';

/** Two drafts of one unit that may submit one of them. */
const MODEL: Model = { limit: 1, places: [{ units: ['a'] }, { units: ['a'] }] };
const DRAFT = { status: 'draft', revision: 1, answersRevision: 1, past: [], agreed: true } as const;
const START: State = [DRAFT, DRAFT];

const done = (receiptNo?: string): Outcome => ({ kind: 'done', ...(receiptNo === undefined ? {} : { receiptNo }) });
const refused = (code: string): Outcome => ({ kind: 'refused', code });
const UNKNOWN: Outcome = { kind: 'unknown' };

const one = (
  kind: 'submit' | 'withdraw' | 'remove' | 'consent' | 'takeBack',
  of: number,
  [from, to]: [number, number],
  outcome: Outcome,
): Operation => {
  const wish: Wish = { kind, of };
  return { wish, from, to, outcome, receivedAt: 0, isUncertain: false };
};

const explains = (history: readonly Operation[], ...statuses: readonly string[]): boolean =>
  isLinearizable(MODEL, START, history, {
    isEnd: (state) => statuses.every((status, place) => state[place]?.status === status),
  });

describe('an order is found', () => {
  test.each<[string, Operation[], string[]]>([
    ['for one after the other', [one('submit', 0, [1, 2], done('x')), one('withdraw', 0, [3, 4], done())], ['draft']],
    [
      'for a refusal before the place was taken to its end',
      [one('submit', 0, [1, 4], done('x')), one('submit', 1, [2, 3], refused('LIMIT_REACHED'))],
      ['submitted', 'draft'],
    ],
    [
      'for the same receipt again',
      [one('submit', 0, [1, 2], done('x')), one('submit', 0, [3, 4], done('x'))],
      ['submitted'],
    ],
    [
      'where what was not answered was done',
      [one('submit', 0, [1, 2], UNKNOWN), one('submit', 1, [3, 4], refused('LIMIT_REACHED'))],
      ['submitted', 'draft'],
    ],
    [
      'where it was done long after',
      [one('submit', 0, [1, 2], UNKNOWN), one('submit', 1, [3, 4], done('y')), one('withdraw', 1, [5, 6], done())],
      ['submitted', 'draft'],
    ],
    [
      'where it was not done',
      [one('submit', 0, [1, 2], UNKNOWN), one('submit', 1, [3, 4], done('y'))],
      ['draft', 'submitted'],
    ],
  ])('%s', (_, history, statuses) => {
    expect(explains(history, ...statuses)).toBe(true);
  });

  test('where what was true already was done anew, after something in between that was not answered', () => {
    const history = [
      one('takeBack', 0, [1, 2], UNKNOWN),
      one('withdraw', 0, [3, 4], refused('NOT_SUBMITTED')),
      one('consent', 0, [5, 6], done()),
    ];
    const isEnd = ([first]: State): boolean => first?.agreed === true && first.revision === DRAFT.revision + 2;
    expect(isLinearizable(MODEL, START, history, { isEnd })).toBe(true);
  });
});

describe('no order is found', () => {
  test.each<[string, Operation[], string[]]>([
    [
      'for two in one place',
      [one('submit', 0, [1, 4], done('x')), one('submit', 1, [2, 3], done('y'))],
      ['submitted', 'submitted'],
    ],
    [
      'for a refusal while the place was free',
      [one('submit', 0, [1, 2], refused('LIMIT_REACHED')), one('submit', 1, [3, 4], done('y'))],
      ['draft', 'submitted'],
    ],
    ['for another receipt', [one('submit', 0, [1, 2], done('x')), one('submit', 0, [3, 4], done('z'))], ['submitted']],
    [
      'for a receipt that was void before',
      [one('submit', 0, [1, 2], done('x')), one('withdraw', 0, [3, 4], done()), one('submit', 0, [5, 6], done('x'))],
      ['submitted'],
    ],
    ['where what was acknowledged is not there', [one('submit', 0, [1, 2], done('x'))], ['draft']],
    [
      'where something is there that nobody sent',
      [one('submit', 1, [1, 2], refused('CONFLICT'))],
      ['draft', 'submitted'],
    ],
    [
      'where it was done before it was sent',
      [one('submit', 1, [1, 2], refused('LIMIT_REACHED')), one('submit', 0, [3, 4], UNKNOWN)],
      ['submitted', 'draft'],
    ],
  ])('%s', (_, history, statuses) => {
    expect(explains(history, ...statuses)).toBe(false);
  });
});
