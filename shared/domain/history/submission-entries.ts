import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import type { Attachment, KeptSave, Partner, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { bySystem, type HistoryEntry, type SubmissionAction } from './entry.ts';

/** Who changes a submission: a user of the unit that leads it, or of the partner that is named. */
interface Actor {
  readonly by: string;
  readonly role: 'applicant' | 'partner';
}

/** A user of the unit that leads a submission. */
const applicantOf = (by: string): Actor => ({ by, role: 'applicant' });

const entry = (
  { by, role }: Actor,
  at: string,
  action: SubmissionAction,
  details: Readonly<Record<string, unknown>>,
): HistoryEntry => ({ at, by, role, action, details });

/** What tells one submission from another; part of every entry that changes what it counts as. */
const place = ({ callId, unitId, category }: SubmissionHead) => ({ callId, unitId, category });

/** A draft begun. It names the organiser too, which never changes: so the history can be read once the draft is gone. */
export const createdEntry = (head: SubmissionHead, by: string, copiedFrom?: string): HistoryEntry =>
  entry(applicantOf(by), head.createdAt, 'created', {
    ...place(head),
    organiser: head.organiser,
    version: head.callVersion,
    ...(copiedFrom === undefined ? {} : { copiedFrom }),
  });

/** Answers saved. `next` is the head with them. */
export const saveOf = (next: SubmissionHead, by: string): KeptSave => ({
  revision: next.contentRevision,
  at: next.updatedAt,
  by,
  answersRevision: next.answersRevision,
  answered: next.answered,
  version: next.callVersion,
});

/** The same as it stands in the history. */
export const answersSavedEntry = ({ at, by, answersRevision, answered, version }: KeptSave): HistoryEntry =>
  entry(applicantOf(by), at, 'answers-saved', { answersRevision, answered, version });

/** Partners named. `next` is the head with them. */
export const partnersSavedEntry = (next: SubmissionHead, partners: readonly Partner[], by: string): HistoryEntry =>
  entry(applicantOf(by), next.updatedAt, 'partners-saved', { partners: partners.map(({ unitId }) => unitId) });

/** A consent given or taken back for the partner `unitId`. `next` is the head with or without it. */
export const consentEntry = (
  next: SubmissionHead,
  action: 'consented' | 'consent-taken-back',
  unitId: string,
  by: string,
): HistoryEntry => entry({ by, role: 'partner' }, next.updatedAt, action, { unitId });

/** A file announced, at the instant its attachment was created. */
export const announcedEntry = (
  { attachmentId, material, size, createdAt }: Pick<Attachment, 'attachmentId' | 'material' | 'size' | 'createdAt'>,
  by: string,
): HistoryEntry => entry(applicantOf(by), createdAt, 'attachment-announced', { attachmentId, material, size });

/** The bytes of an announced file proven to be what was announced, at an instant. */
export const admittedEntry = ({ attachmentId }: Pick<Attachment, 'attachmentId'>, at: string): HistoryEntry =>
  bySystem(at, 'attachment-admitted', { attachmentId });

/** The bytes of an announced file found to be something else, at an instant. */
export const refusedEntry = (
  { attachmentId }: Pick<Attachment, 'attachmentId'>,
  reason: RefusalReason,
  at: string,
): HistoryEntry => bySystem(at, 'attachment-refused', { attachmentId, reason });

/** A file taken out of a draft; by nobody where it never came. `at` is an instant. */
export const removedEntry = (attachmentId: string, at: string, by: string | undefined): HistoryEntry =>
  by === undefined
    ? bySystem(at, 'attachment-removed', { attachmentId, reason: 'not-uploaded' })
    : entry(applicantOf(by), at, 'attachment-removed', { attachmentId });

/** Malware found in a file of a head, at an instant. `threat`: what the scanner calls it. */
export const malwareEntry = (
  { status }: SubmissionHead,
  { attachmentId, threat }: { readonly attachmentId: string; readonly threat?: string | undefined },
  at: string,
): HistoryEntry => bySystem(at, 'malware-found', { attachmentId, status, ...(threat === undefined ? {} : { threat }) });

/** A submit. `contentRevision` names the content that was submitted, the one before the submit itself. */
export const submittedEntry = (read: SubmissionHead, next: SubmissionHead, by: string): HistoryEntry =>
  entry(applicantOf(by), next.updatedAt, 'submitted', {
    ...place(next),
    receiptNo: next.receiptNo,
    version: next.callVersion,
    contentRevision: read.contentRevision,
  });

/** A submission taken back. `next` is the draft it is again. */
export const withdrawnEntry = (read: SubmissionHead, next: SubmissionHead, by: string): HistoryEntry =>
  entry(applicantOf(by), next.updatedAt, 'withdrawn', { ...place(next), receiptNo: read.receiptNo });

/** A draft deleted by its unit. `at` is an instant. */
export const deletedEntry = (head: SubmissionHead, at: string, by: string): HistoryEntry =>
  entry(applicantOf(by), at, 'deleted', place(head));

/** A draft deleted because its call keeps it no longer. `at` is an instant. */
export const expiredEntry = (head: SubmissionHead, at: string): HistoryEntry =>
  bySystem(at, 'deleted', { ...place(head), reason: 'retention' });

/** Answers, files and their names deleted because the call keeps them no longer. `at` is an instant. */
export const erasedEntry = (head: SubmissionHead, at: string): HistoryEntry =>
  bySystem(at, 'erased', { ...place(head), attachments: head.attachmentCount });

/** A draft taken back by the request that created it, since its call was no longer in force. */
export const undoneEntry = (head: SubmissionHead): HistoryEntry =>
  bySystem(head.createdAt, 'deleted', { ...place(head), reason: 'not-in-force' });
