import type { Attachment, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { generateId } from '#shared/runtime/ids.ts';

/** 2022-03-10 in UTC, an instant; the same in ms. */
export const AT = '2022-03-10T00:00:00.000Z';
export const NOW = Date.parse(AT);

/** A draft of its own unit and call, so that no two tests meet. What a test is about is overridden. */
export const draftOf = (overrides: Partial<SubmissionHead> = {}): SubmissionHead => {
  const submissionId = generateId();
  return {
    submissionId,
    callId: 'changde-2022',
    organiser: 'changde-kx',
    category: '1',
    callVersion: 1,
    unitId: `unit-${submissionId}`,
    status: 'draft',
    edition: 1,
    answersRevision: 1,
    contentRevision: 3,
    answered: 0,
    attachmentCount: 0,
    createdAt: AT,
    updatedAt: AT,
    ...overrides,
  };
};

/** What a draft may have become meanwhile, each differing in one thing from what was read. */
export const MEANWHILE: readonly (readonly [string, Partial<SubmissionHead>])[] = [
  ['changed', { contentRevision: 4 }],
  ['submitted', { status: 'submitted' }],
];

/** A file that is announced. What a test is about is overridden. */
export const fileOf = (overrides: Partial<Attachment> = {}): Attachment => ({
  attachmentId: generateId(),
  material: 'application',
  filename: '申报书.pdf',
  contentType: 'application/pdf',
  size: 1_000,
  sha256: 'ab'.repeat(32),
  state: 'expected',
  createdAt: AT,
  ...overrides,
});
