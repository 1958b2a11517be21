import { describe, expect, test } from 'vitest';
import {
  etagOf,
  presentHead,
  presentListed,
  presentPartner,
  presentSubmission,
} from '#shared/domain/submission/present.ts';
import type { Attachment, Submission } from '#shared/domain/submission/submission.ts';
import { draftHead } from '#shared/domain/submission/transitions.ts';
import { BEGUN_DRAFT } from '#test/support/begun-draft.ts';
import { callHead } from '#test/support/calls.ts';

const CONSENTED = '2022-03-12T00:00:00.000Z';
const head = {
  ...draftHead(BEGUN_DRAFT),
  answersRevision: 7,
  attachmentCount: 2,
};
const shownHead = {
  submissionId: '0'.repeat(26),
  callId: 'changde-2022',
  callVersion: 1,
  category: '2-1',
  unitId: 'unit-1',
  status: 'draft',
  createdAt: '2022-03-10T00:00:00.000Z',
  updatedAt: '2022-03-10T00:00:00.000Z',
  attachmentCount: 2,
  answered: 1,
  partnerCount: 0,
};
const declared = {
  attachmentId: '1'.repeat(26),
  material: 'application',
  filename: '申报书.pdf',
  contentType: 'application/pdf',
  size: 10,
  sha256: 'ab'.repeat(32),
  createdAt: '2022-03-11T00:00:00.000Z',
};
const attachments: readonly Attachment[] = [
  { ...declared, state: 'admitted', versionId: 'v1', announcedIn: 3 },
  { ...declared, state: 'refused', reason: 'TYPE_DIFFERS' },
];
const agreed = { unitId: 'unit-2', name: '药学会', consentedAt: CONSENTED };
const asked = { unitId: 'unit-3', name: '护理学会' };
const submission: Submission = { head, answers: { name: '甲' }, attachments, partners: [asked, agreed] };
const { closesAt, closesAtLocal, closesText } = callHead();
const deadline = { closesAt, closesAtLocal, closesText, owner: 'call' } as const;
const shown = (view: 'all' | 'head', more: Partial<Submission> = {}) =>
  presentSubmission({ ...submission, ...more }, view, deadline, (reason) => `因为 ${reason}`);

describe('the head of a submission', () => {
  test('of a draft has no time and number of a submit', () => {
    expect(presentHead(head)).toStrictEqual(shownHead);
  });

  test('of what was submitted says when, with which receipt, and how many consented', () => {
    const submitted = {
      ...{ submittedAt: '2022-03-20T00:00:00.000Z', receiptNo: '2'.repeat(26) },
      erasedAt: '2027-03-20T00:00:00.000Z',
    };
    const joint = { digest: 'x', consented: 2 };
    expect(presentHead({ ...head, ...submitted, status: 'submitted', joint })).toStrictEqual({
      ...shownHead,
      ...submitted,
      status: 'submitted',
      partnerCount: 2,
    });
  });

  test('says when malware was found in a file of it', () => {
    const malwareFoundAt = '2022-03-21T00:00:00.000Z';
    expect(presentHead({ ...head, malwareFoundAt })).toStrictEqual({ ...shownHead, malwareFoundAt });
  });

  test('in a list of a unit says what the unit is to it, and since when it consents', () => {
    expect(presentListed({ head, role: 'lead' })).toStrictEqual({ ...shownHead, role: 'lead' });
    expect(presentListed({ head, role: 'partner', consentedAt: CONSENTED })).toStrictEqual({
      ...shownHead,
      role: 'partner',
      consentedAt: CONSENTED,
    });
  });
});

describe('a submission', () => {
  test('is read by its unit with answers, files and all that are named, a refused file with its reason in words', () => {
    expect(shown('all')).toStrictEqual({
      ...shownHead,
      answersRevision: 7,
      answers: { name: '甲' },
      attachments: [
        { ...declared, state: 'admitted' },
        { ...declared, state: 'refused', reason: '因为 TYPE_DIFFERS' },
      ],
      partners: [asked, agreed],
      deadline,
    });
  });

  test('says of an admitted file what its scan came to, where it is scanned', () => {
    const scanned: Attachment = { ...declared, state: 'admitted', versionId: 'v1', scan: 'clean' };
    const awaited: Attachment = { ...declared, state: 'expected', scan: 'pending' };
    expect(shown('all', { attachments: [scanned, awaited] }).attachments).toStrictEqual([
      { ...declared, state: 'admitted', scan: 'clean' },
      { ...declared, state: 'expected' },
    ]);
  });

  test('that is a draft is read by an officer without answers, files and those who did not consent', () => {
    expect(shown('head')).toStrictEqual({
      ...shownHead,
      answersRevision: 7,
      attachments: [],
      partners: [agreed],
      deadline,
    });
  });

  test('says what came too late', () => {
    const late = { first: closesAt, last: closesAt, count: 1, howLate: 0 };
    expect(shown('head', { late }).late).toStrictEqual(late);
  });

  test('has the revision of its answers as its ETag', () => {
    expect(etagOf(head)).toBe('"7"');
  });
});

test('a partner is shown without a consent until it gives one', () => {
  expect(presentPartner(asked)).toStrictEqual(asked);
  expect(presentPartner(agreed)).toStrictEqual(agreed);
});
