import * as z from 'zod';
import { AttachmentState, REFUSAL_REASONS, ScanState } from '#shared/contract/attachment-states.ts';
import { SubmissionStatus } from '#shared/contract/submission-states.ts';
import type { Answers } from '#shared/domain/form/definition.ts';
import type { Attachment, LateAttempts, Partner, SubmissionHead } from '#shared/domain/submission/submission.ts';
import { PackedSave, savesAttribute } from './kept-saves.ts';
import { pack, unpack } from './packed-json.ts';
import { parseItem } from './parse-item.ts';

export const submissionHeadKey = (submissionId: string) => ({ submissionId, item: 'head' });
export const lateKey = (submissionId: string) => ({ submissionId, item: 'late' });
export const answersKey = (submissionId: string, edition: number) => ({
  submissionId,
  item: `answers#${String(edition).padStart(4, '0')}`,
});

/** With which the names of attachments' items begin. */
export const ATTACHMENT = 'attachment#';
export const attachmentKey = (submissionId: string, attachmentId: string) => ({
  submissionId,
  item: `${ATTACHMENT}${attachmentId}`,
});

const PARTNER = 'partner#';
export const partnerKey = (submissionId: string, unitId: string) => ({ submissionId, item: `${PARTNER}${unitId}` });
export const isPartnerItem = (item: string): boolean => item.startsWith(PARTNER);

/** Constant partition of the sparse index `collectable`: what has to be looked at again at `collectAt`. */
export const COLLECT = 'collect';

/** A right to upload given just before lives 15 minutes; what it may still bring is swept after that. */
export const SWEEP_MS = 20 * 60 * 1000;

/** A file announced and not proven for so long is looked at by the collector: proven if its bytes are there, removed if not. */
export const EXPECTED_MS = 24 * 60 * 60 * 1000;

/** Where a submission lies in the lists of its unit and of its partners. Neither part changes, so later writes of the item cost the index nothing. */
const createdMark = (head: Pick<SubmissionHead, 'createdAt' | 'submissionId'>): string =>
  `${head.createdAt}#${head.submissionId}`;

/** `deleted`: only the collector still sees it, until files and items are gone. */
const HeadItem = z.object({
  submissionId: z.string(),
  callId: z.string(),
  organiser: z.string(),
  category: z.string(),
  callVersion: z.int(),
  unitId: z.string(),
  status: z.enum([...SubmissionStatus.options, 'deleted']),
  edition: z.int(),
  answersRevision: z.int(),
  contentRevision: z.int(),
  answered: z.int(),
  attachmentCount: z.int(),
  joint: z.object({ digest: z.string(), consented: z.int() }).optional(),
  createdAt: z.string(),
  updatedAt: z.string(),
  submittedAt: z.string().optional(),
  receiptNo: z.string().optional(),
  answersDigest: z.string().optional(),
  countedIn: z.array(z.string()).optional(),
  partnersCounted: z.literal(true).optional(),
  malwareFoundAt: z.string().optional(),
  erasedAt: z.string().optional(),
  saves: z.array(PackedSave).optional(),
});

export const submissionHeadItem = ({ saves, ...head }: SubmissionHead) => ({
  ...submissionHeadKey(head.submissionId),
  ...head,
  ...savesAttribute(saves),
  created: createdMark(head),
});

/** A head, or undefined for one whose draft was deleted. */
export const parseSubmissionHead = (item: unknown): SubmissionHead | undefined => {
  const { status, ...head } = parseItem('submission head', HeadItem, item);
  return status === 'deleted' ? undefined : { ...head, status };
};

const PartnerItem = z.object({
  unitId: z.string(),
  name: z.string(),
  place: z.int(),
  consentedAt: z.string().optional(),
});

/** A partner, at its place among the others; in the list of its unit by the same index as heads. */
export const partnerItem = (
  head: Pick<SubmissionHead, 'createdAt' | 'submissionId'>,
  { unitId, name, consentedAt }: Partner,
  place: number,
) => ({ ...partnerKey(head.submissionId, unitId), unitId, name, place, consentedAt, created: createdMark(head) });

export const parsePartner = (item: unknown): Partner & { readonly place: number } =>
  parseItem('partner', PartnerItem, item);

/** The partners in the order in which the lead named them. */
export const parsePartners = (items: readonly unknown[]): Partner[] =>
  items
    .map(parsePartner)
    .sort((one, other) => one.place - other.place)
    .map(({ place: _place, ...partner }) => partner);

const Scalar = z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]);
const StoredAnswers = z.record(z.string(), z.union([Scalar, z.array(z.record(z.string(), Scalar))]));
const AnswersItem = z.object({ answersRevision: z.int(), answers: z.instanceof(Uint8Array) });

/** The answers that belong to a head, with its revision of them: a reader can tell the two are of one write. */
export const answersItem = (
  { submissionId, edition, answersRevision }: Pick<SubmissionHead, 'submissionId' | 'edition' | 'answersRevision'>,
  answers: Answers,
) => ({
  ...answersKey(submissionId, edition),
  answersRevision,
  answers: pack(answers),
});

export const parseAnswers = (item: unknown): { answersRevision: number; answers: Answers } => {
  const { answersRevision, answers } = parseItem('answers item', AnswersItem, item);
  return { answersRevision, answers: parseItem('set of answers', StoredAnswers, unpack(answers)) };
};

const AttachmentItem = z.object({
  attachmentId: z.string(),
  material: z.string(),
  filename: z.string(),
  contentType: z.string(),
  size: z.int(),
  sha256: z.string(),
  state: z.enum([...AttachmentState.options, 'removed']),
  reason: z.enum(REFUSAL_REASONS).optional(),
  versionId: z.string().optional(),
  admittedAt: z.string().optional(),
  scan: ScanState.optional(),
  announcedIn: z.int().optional(),
  createdAt: z.string(),
});

export const attachmentItem = (submissionId: string, attachment: Attachment) => ({
  ...attachmentKey(submissionId, attachment.attachmentId),
  ...attachment,
});

/** An attachment, or undefined for one that was removed. */
export const parseAttachment = (item: unknown): Attachment | undefined => {
  const { state, ...attachment } = parseItem('attachment', AttachmentItem, item);
  return state === 'removed' ? undefined : { ...attachment, state };
};

const LateItem = z.object({ first: z.string(), last: z.string(), count: z.int(), howLate: z.int().optional() });

export const parseLate = (item: unknown): LateAttempts => parseItem('late attempt', LateItem, item);

const LateSubmissionItem = LateItem.extend({
  submissionId: z.string(),
  unitId: z.string(),
  category: z.string(),
  howLate: z.int(),
});

/** A late attempt in the list of its call. */
export const parseLateSubmission = (item: unknown) => parseItem('late attempt', LateSubmissionItem, item);
