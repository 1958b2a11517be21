import { describe, expect, test } from 'vitest';
import { jointState } from '#shared/domain/submission/partners.ts';
import type { SubmissionHead } from '#shared/domain/submission/submission.ts';
import {
  draftHead,
  MOST_WITHDRAWALS,
  submittedHead,
  withdrawnHead,
  withPartners,
  withSavedAnswers,
} from '#shared/domain/submission/transitions.ts';
import { BEGUN_DRAFT } from '#test/support/begun-draft.ts';

const LATER = '2022-03-20T00:00:00.000Z';
const draft: SubmissionHead = { ...draftHead(BEGUN_DRAFT), answersRevision: 4, contentRevision: 9 };
const submit = {
  callVersion: 2,
  answered: 3,
  submittedAt: LATER,
  receiptNo: '2'.repeat(26),
  answersDigest: 'ab'.repeat(32),
  countedIn: ['2', '2-1'],
  answersRevision: 5,
};

test('a draft begins with its first answers and no files', () => {
  expect(draftHead(BEGUN_DRAFT)).toStrictEqual({
    ...BEGUN_DRAFT,
    status: 'draft',
    edition: 1,
    answersRevision: 1,
    contentRevision: 1,
    attachmentCount: 0,
    updatedAt: BEGUN_DRAFT.createdAt,
  });
});

test('saving answers moves their revision and that of the content', () => {
  const saved = { answered: 7, callVersion: 3, updatedAt: LATER };
  expect(withSavedAnswers(draft, saved)).toStrictEqual({ ...draft, ...saved, answersRevision: 5, contentRevision: 10 });
});

test('other partners or consents move the revision of the content alone', () => {
  const partners = [{ unitId: 'unit-2', name: '药学会', consentedAt: LATER }];
  expect(withPartners(draft, partners, LATER)).toStrictEqual({
    ...draft,
    joint: jointState(partners),
    contentRevision: 10,
    updatedAt: LATER,
  });
  expect(withPartners(draft, [], LATER).joint).toBeUndefined();
});

test('a submit keeps what it was given with, and moves the revision of the content', () => {
  expect(submittedHead(draft, submit)).toStrictEqual({
    ...draft,
    ...submit,
    status: 'submitted',
    contentRevision: 10,
    updatedAt: LATER,
  });
});

describe('a withdrawal', () => {
  const submitted = submittedHead(draft, { ...submit, partnersCounted: true });

  test('makes a draft of the next edition, with nothing of the submit left but its answers and partners', () => {
    expect(withdrawnHead(submitted, '2022-03-21T00:00:00.000Z')).toStrictEqual({
      ...draft,
      callVersion: 2,
      answered: 3,
      answersRevision: 5,
      edition: 2,
      contentRevision: 11,
      updatedAt: '2022-03-21T00:00:00.000Z',
    });
  });

  test(`is granted ${MOST_WITHDRAWALS} times`, () => {
    const last = { ...submitted, edition: MOST_WITHDRAWALS };
    expect(withdrawnHead(last, LATER).edition).toBe(MOST_WITHDRAWALS + 1);
    expect(() => withdrawnHead({ ...last, edition: MOST_WITHDRAWALS + 1 }, LATER)).toThrow(
      expect.objectContaining({
        code: 'LIMIT_REACHED',
        params: { of: 'withdrawals', limit: MOST_WITHDRAWALS, count: MOST_WITHDRAWALS },
      }),
    );
  });
});
