import type * as z from 'zod';
import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import type * as contract from '#shared/contract/attachments.ts';
import type { UnitRole } from '#shared/contract/submission-states.ts';
import type * as submissions from '#shared/contract/submissions.ts';
import type { DeadlineInForce } from '#shared/domain/deadline/deadline-in-force.ts';
import type { Attachment, Partner, Submission, SubmissionHead } from './submission.ts';

/** Puts why a file was refused into the reader's words. */
export type InWords = (reason: RefusalReason) => string;

export const presentHead = (head: SubmissionHead): z.input<typeof submissions.SubmissionHead> => ({
  submissionId: head.submissionId,
  callId: head.callId,
  callVersion: head.callVersion,
  category: head.category,
  unitId: head.unitId,
  status: head.status,
  createdAt: head.createdAt,
  updatedAt: head.updatedAt,
  ...(head.submittedAt === undefined ? {} : { submittedAt: head.submittedAt }),
  ...(head.receiptNo === undefined ? {} : { receiptNo: head.receiptNo }),
  ...(head.erasedAt === undefined ? {} : { erasedAt: head.erasedAt }),
  ...(head.malwareFoundAt === undefined ? {} : { malwareFoundAt: head.malwareFoundAt }),
  attachmentCount: head.attachmentCount,
  answered: head.answered,
  partnerCount: head.joint?.consented ?? 0,
});

/** An entry of a unit's own list: what the unit is to it besides. */
export const presentListed = ({
  head,
  role,
  consentedAt,
}: {
  readonly head: SubmissionHead;
  readonly role: UnitRole;
  readonly consentedAt?: string | undefined;
}): z.input<typeof submissions.ListedSubmission> => ({
  ...presentHead(head),
  role,
  ...(consentedAt === undefined ? {} : { consentedAt }),
});

const presentAttachment = (attachment: Attachment, inWords: InWords): z.input<typeof contract.Attachment> => ({
  attachmentId: attachment.attachmentId,
  material: attachment.material,
  filename: attachment.filename,
  contentType: attachment.contentType,
  size: attachment.size,
  sha256: attachment.sha256,
  state: attachment.state,
  ...(attachment.reason === undefined ? {} : { reason: inWords(attachment.reason) }),
  ...(attachment.state === 'admitted' && attachment.scan !== undefined ? { scan: attachment.scan } : {}),
  createdAt: attachment.createdAt,
});

export const presentPartner = ({ unitId, name, consentedAt }: Partner): z.input<typeof submissions.Partner> => ({
  unitId,
  name,
  ...(consentedAt === undefined ? {} : { consentedAt }),
});

/** A submission as its unit reads it, or with `head` as an officer reads a draft: neither answers nor files. */
export const presentSubmission = (
  { head, answers, attachments, partners, late }: Submission,
  view: 'all' | 'head',
  deadline: DeadlineInForce,
  inWords: InWords,
): z.input<typeof submissions.Submission> => ({
  ...presentHead(head),
  answersRevision: head.answersRevision,
  ...(view === 'head' ? {} : { answers: { ...answers } }),
  attachments: view === 'head' ? [] : attachments.map((attachment) => presentAttachment(attachment, inWords)),
  // Who did not consent does not appear to others.
  partners: partners.filter(({ consentedAt }) => view === 'all' || consentedAt !== undefined).map(presentPartner),
  deadline,
  ...(late === undefined ? {} : { late }),
});

/** The ETag of a submission: its answers' revision. */
export const etagOf = ({ answersRevision }: Pick<SubmissionHead, 'answersRevision'>): string => `"${answersRevision}"`;
