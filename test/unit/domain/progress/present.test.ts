import { describe, expect, test } from 'vitest';
import { CallDefinition } from '#shared/domain/call/definition.ts';
import { nodesOf } from '#shared/domain/limits/limits-of-call.ts';
import { presentTotals, presentUnit } from '#shared/domain/progress/present.ts';
import { draftHead, submittedHead } from '#shared/domain/submission/transitions.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';

const AT = '2022-03-11T00:00:00.000Z';
const headOf = (category: string, submissionId: string) => ({
  ...draftHead({
    ...{ submissionId, callId: 'changde-2022', organiser: 'changde-kx', category, callVersion: 1 },
    ...{ unitId: 'unit-1', answered: 4, createdAt: '2022-03-10T00:00:00.000Z' },
  }),
  attachmentCount: 2,
});

describe('the progress of a unit', () => {
  test('has its drafts with how far they are, what it has submitted, and its limits with the places left', () => {
    const submitted = submittedHead(headOf('1', 'c'), {
      ...{ callVersion: 1, answered: 4, submittedAt: AT, receiptNo: '', answersDigest: '', countedIn: [] },
      answersRevision: 1,
    });
    const limits = [
      { scope: { title: '通知', limit: 3, clause: '通知 三.3' }, count: 1 },
      { scope: { code: '1', title: '党建', limit: 1 }, count: 2 },
    ];
    const heads = [headOf('2-1', 'a'), submitted, headOf('1', 'b')];
    const unit = { unitId: 'unit-1', name: '医学会', kinds: ['市级学会'], draftCount: 22, submissionCount: 5 };
    const draft = {
      ...{ answered: 4, attachmentCount: 2 },
      ...{ createdAt: '2022-03-10T00:00:00.000Z', updatedAt: '2022-03-10T00:00:00.000Z' },
    };
    expect(presentUnit({ ...unit, heads, limits }, new Map([['2-1', 9]]))).toStrictEqual({
      ...unit,
      drafts: [
        { submissionId: 'a', category: '2-1', ...draft, fields: 9 },
        { submissionId: 'b', category: '1', ...draft },
      ],
      submissions: [{ submissionId: 'c', category: '1', submittedAt: AT }],
      limits: [
        { title: '通知', limit: 3, count: 1, left: 2, clause: '通知 三.3' },
        { code: '1', title: '党建', limit: 1, count: 2, left: 0 },
      ],
    });
  });
});

describe('the totals of a call', () => {
  const leaf = { ...writtenLeaf, title: '类别' };
  const { categories } = CallDefinition.parse(
    writtenCall({
      categories: [
        { ...leaf, code: '1', limitPerUnit: 1 },
        {
          ...{ code: '2', title: '能力建设' },
          categories: [
            { code: '2-1', title: '科普', categories: [{ ...leaf, code: '2-1-1' }] },
            { ...leaf, code: '2-2' },
          ],
        },
      ],
    }),
  );

  test('are those that were counted, the drafts of a group added up from below', () => {
    const counted = {
      ...{ submissions: 6, units: 4, drafts: 9 },
      categories: {
        '1': { submissions: 1, units: 1, drafts: 2 },
        '2': { submissions: 5, units: 3, drafts: 0 },
        '2-1-1': { submissions: 2, units: 2, drafts: 3 },
        '2-2': { submissions: 3, units: 3, drafts: 4 },
      },
    };
    expect(presentTotals(counted, nodesOf(categories), AT)).toStrictEqual({
      ...{ countedAt: AT, submissions: 6, units: 4, drafts: 9 },
      categories: [
        { code: '1', title: '类别', submissions: 1, units: 1, drafts: 2, limitPerUnit: 1 },
        { code: '2', title: '能力建设', submissions: 5, units: 3, drafts: 7 },
        { code: '2-1', title: '科普', group: '2', submissions: 0, units: 0, drafts: 3 },
        { code: '2-1-1', title: '类别', group: '2-1', submissions: 2, units: 2, drafts: 3 },
        { code: '2-2', title: '类别', group: '2', submissions: 3, units: 3, drafts: 4 },
      ],
    });
  });
});
