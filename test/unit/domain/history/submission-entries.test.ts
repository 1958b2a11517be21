import { describe, expect, test } from 'vitest';
import { byOfficer, bySystem } from '#shared/domain/history/entry.ts';
import * as entries from '#shared/domain/history/submission-entries.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { draftHead, submittedHead, withdrawnHead } from '#shared/domain/submission/transitions.ts';

const CREATED = '2022-03-10T00:00:00.000Z';
const AT = '2022-03-11T00:00:00.000Z';
const LATER = '2022-03-12T00:00:00.000Z';
const place = { callId: 'changde-2022', unitId: 'unit-1', category: '2-1' };
const draft = {
  ...draftHead({
    ...place,
    ...{ submissionId: '0'.repeat(26), organiser: 'changde-kx', callVersion: 3, answered: 4, createdAt: CREATED },
  }),
  ...{ updatedAt: AT, answersRevision: 5, contentRevision: 9, attachmentCount: 2 },
};
const receiptNo = '2'.repeat(26);
const submitted = submittedHead(draft, {
  ...{ callVersion: 4, answered: 4, submittedAt: AT, receiptNo, answersDigest: '', countedIn: [], answersRevision: 5 },
});
const attachment: Attachment = {
  ...{ attachmentId: '1'.repeat(26), material: 'application', filename: '申报书.pdf', contentType: 'application/pdf' },
  ...{ size: 10, sha256: 'ab'.repeat(32), state: 'expected', createdAt: AT },
};
const { attachmentId } = attachment;
const byApplicant = { by: 'user-1', role: 'applicant' };

describe('what a history says of a submission', () => {
  test('begun, with whose it is, the version it was begun under, and what it was copied from', () => {
    const details = { ...place, organiser: 'changde-kx', version: 3 };
    const created = { at: CREATED, ...byApplicant, action: 'created' };
    expect(entries.createdEntry(draft, 'user-1')).toStrictEqual({ ...created, details });
    expect(entries.createdEntry(draft, 'user-1', '9'.repeat(26))).toStrictEqual({
      ...created,
      details: { ...details, copiedFrom: '9'.repeat(26) },
    });
  });

  test('saved, with how many answers there are and none of them', () => {
    expect(entries.answersSavedEntry(entries.saveOf(draft, 'user-1'))).toStrictEqual({
      ...{ at: AT, ...byApplicant, action: 'answers-saved' },
      details: { answersRevision: 5, answered: 4, version: 3 },
    });
  });

  test('that names partners, by ids without names', () => {
    const partners = [
      { unitId: 'unit-2', name: '药学会' },
      { unitId: 'unit-3', name: '护理学会' },
    ];
    expect(entries.partnersSavedEntry(draft, partners, 'user-1')).toStrictEqual({
      ...{ at: AT, ...byApplicant, action: 'partners-saved' },
      details: { partners: ['unit-2', 'unit-3'] },
    });
  });

  test.each(['consented', 'consent-taken-back'] as const)('to which a partner has %s, by that partner', (action) => {
    expect(entries.consentEntry(draft, action, 'unit-2', 'user-2')).toStrictEqual({
      ...{ at: AT, by: 'user-2', role: 'partner', action },
      details: { unitId: 'unit-2' },
    });
  });

  test('with a file announced, found good, found wrong or taken out, never by its name', () => {
    expect(entries.announcedEntry(attachment, 'user-1')).toStrictEqual({
      ...{ at: AT, ...byApplicant, action: 'attachment-announced' },
      details: { attachmentId, material: 'application', size: 10 },
    });
    const bySystem = { at: LATER, role: 'system' };
    expect(entries.admittedEntry(attachment, LATER)).toStrictEqual({
      ...{ ...bySystem, action: 'attachment-admitted' },
      details: { attachmentId },
    });
    expect(entries.refusedEntry(attachment, 'TYPE_DIFFERS', LATER)).toStrictEqual({
      ...{ ...bySystem, action: 'attachment-refused' },
      details: { attachmentId, reason: 'TYPE_DIFFERS' },
    });
    expect(entries.removedEntry(attachmentId, LATER, 'user-1')).toStrictEqual({
      ...{ at: LATER, ...byApplicant, action: 'attachment-removed' },
      details: { attachmentId },
    });
    expect(entries.removedEntry(attachmentId, LATER, undefined)).toStrictEqual({
      ...{ ...bySystem, action: 'attachment-removed' },
      details: { attachmentId, reason: 'not-uploaded' },
    });
  });

  test('handed in and taken back, with its receipt and the content that was submitted', () => {
    expect(entries.submittedEntry(draft, submitted, 'user-1')).toStrictEqual({
      ...{ at: AT, ...byApplicant, action: 'submitted' },
      details: { ...place, receiptNo, version: 4, contentRevision: 9 },
    });
    expect(entries.withdrawnEntry(submitted, withdrawnHead(submitted, LATER), 'user-1')).toStrictEqual({
      ...{ at: LATER, ...byApplicant, action: 'withdrawn' },
      details: { ...place, receiptNo },
    });
  });

  test('that is gone: by its unit, after its time, or with the request that began it', () => {
    expect(entries.deletedEntry(draft, LATER, 'user-1')).toStrictEqual({
      ...{ at: LATER, ...byApplicant, action: 'deleted' },
      details: place,
    });
    expect(entries.expiredEntry(draft, LATER)).toStrictEqual({
      ...{ at: LATER, role: 'system', action: 'deleted' },
      details: { ...place, reason: 'retention' },
    });
    expect(entries.undoneEntry(draft)).toStrictEqual({
      ...{ at: CREATED, role: 'system', action: 'deleted' },
      details: { ...place, reason: 'not-in-force' },
    });
  });

  test('of which answers and files are deleted, with how many files there were', () => {
    expect(entries.erasedEntry(draft, LATER)).toStrictEqual({
      ...{ at: LATER, role: 'system', action: 'erased' },
      details: { ...place, attachments: 2 },
    });
  });
});

describe('an entry', () => {
  test('says what an officer did, or that it happened by itself, with details where there are some', () => {
    const reason = { reason: '疫情' };
    expect(byOfficer('user-3', AT, 'extended', reason)).toStrictEqual({
      ...{ at: AT, by: 'user-3', role: 'officer', action: 'extended' },
      details: reason,
    });
    expect(byOfficer('user-3', AT, 'unpublished')).toStrictEqual({
      ...{ at: AT, by: 'user-3', role: 'officer', action: 'unpublished' },
    });
    expect(bySystem(AT, 'opened')).toStrictEqual({ at: AT, role: 'system', action: 'opened' });
  });
});
