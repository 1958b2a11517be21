import { describe, expect, test } from 'vitest';
import type { Case } from '#shared/domain/eligibility/judge.ts';
import { presentCategory, presentLimit } from '#shared/domain/eligibility/present.ts';
import { callHead } from '#test/support/calls.ts';
import { caseOf, writtenCallWith } from '#test/support/cases.ts';

const caseWith = (
  written: Parameters<typeof writtenCallWith>[0] = {},
  overrides: Partial<Case> = {},
  call: Record<string, unknown> = {},
): Case => caseOf(writtenCallWith(written, call), overrides);

describe('a category as a unit is told of it', () => {
  const { closesAt, closesAtLocal, closesText } = callHead();
  const deadline = { closesAt, closesAtLocal, closesText, owner: 'call' } as const;
  const say = (sentences: readonly { code: string }[]) => sentences.map(({ code }) => code).join('+');
  const limits = [{ scope: { title: '通知', limit: 3 }, count: 3 }];

  test('says whether it is open, what each rule comes to in words, and what all of them come to', () => {
    const conditions = [{ text: '有活动场地', effect: 'gate', declare: 'hasVenue', clause: '二、3' }];
    expect(presentCategory(caseWith({ ofCategory: conditions }), deadline, limits, say)).toStrictEqual({
      ...{ code: '2-1', title: '重点学会建设', groups: ['能力建设'], open: true, deadline, verdict: 'mayNot' },
      rules: [
        { kind: 'applicants', effect: 'gate', result: 'met', text: 'APPLICANTS', reason: 'OF_KIND' },
        { kind: 'sanction', effect: 'gate', result: 'met', text: 'NO_SANCTION', reason: 'NOT_SANCTIONED' },
        {
          ...{ kind: 'condition', effect: 'gate', result: 'declare', text: '有活动场地', reason: 'TO_DECLARE' },
          clause: '二、3',
        },
        { kind: 'limit', effect: 'gate', result: 'notMet', text: 'LIMIT', reason: 'NO_PLACE_LEFT' },
      ],
      limits: [{ title: '通知', limit: 3, count: 3, left: 0 }],
    });
  });

  test('is open until the deadline that holds for the unit', () => {
    const judgedAt = Date.parse(closesAt);
    const open = (until: number) =>
      presentCategory(
        caseWith({}, { judgedAt: until }),
        { ...deadline, closesAt: new Date(judgedAt + 1).toISOString() },
        [],
        say,
      ).open;
    expect([open(judgedAt), open(judgedAt + 1)]).toEqual([true, false]);
    expect(presentCategory(caseWith(), deadline, [], say).verdict).toBe('mayApply');
  });
});

test('a limit is shown with count and places, that of the call without a code', () => {
  const scope = { code: '1', title: '党建', limit: 3, clause: '三' };
  expect(presentLimit({ scope, count: 1 })).toStrictEqual({ ...scope, count: 1, left: 2 });
  expect(presentLimit({ scope: { title: '通知', limit: 3 }, count: 4 })).toStrictEqual({
    ...{ title: '通知', limit: 3, count: 4, left: 0 },
  });
});
