import * as z from 'zod';
import {
  AttachmentId,
  CallId,
  CategoryCode,
  Instant,
  OrganizationId,
  ReceiptNo,
  Sha256,
  SubmissionId,
  Version,
} from './primitives.ts';
import { SubmissionStatus } from './submission-states.ts';

/** What a deadline holds for: the whole call without either, one category, one unit, or one unit in one category. */
const scope = { category: CategoryCode.optional(), unitId: OrganizationId.optional() };

const deadline = {
  ...scope,
  closesAt: Instant.meta({ description: 'The deadline as it is now' }),
};
const submission = { submissionId: SubmissionId, category: CategoryCode, unitId: OrganizationId };
const reason = z.string().optional().meta({ description: 'As the officer gave it' });
const count = z.int().min(0);

const about = <const Type extends string, Shape extends z.ZodRawShape>(type: Type, description: string, data: Shape) =>
  z
    .object({
      id: z
        .string()
        .regex(/^[a-z]+#[a-z0-9-]+\/[a-z0-9]+$/)
        .max(120)
        .meta({
          description: 'Names what happened: an event that arrives twice has the same id',
          examples: ['call#changde-2022/00000007'],
        }),
      type: z.literal(type),
      at: Instant.meta({ description: 'When it happened' }),
      organiser: OrganizationId,
      data: z.object(data),
    })
    .meta({ description });

const aboutCall = <const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  description: string,
  data: Shape,
) => about(type, description, { callId: CallId, ...data });

const aboutSubmission = <const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  description: string,
  data: Shape,
) => aboutCall(type, description, { ...submission, ...data });

/** What happens, as receivers of webhooks and other programs are told: ids, instants and counts, no answers and nothing personal. */
export const DomainEvent = z.discriminatedUnion('type', [
  aboutCall('call.published', 'A version of the call is in force', { version: Version.optional() }),
  aboutCall('call.unpublished', 'The publication was taken back; nobody had begun', {}),
  aboutCall('call.opened', 'The call takes submissions', {}),
  aboutCall('call.closing-soon', 'A reminder: units with drafts not submitted are written to', {
    ...deadline,
    before: z.int().optional().meta({ description: 'How long before the deadline, ms' }),
    withoutDraft: z.boolean().optional().meta({ description: 'Units that have begun nothing are written to as well' }),
  }),
  aboutCall('call.closed', 'A deadline has passed', {
    ...scope,
    closesAt: Instant.optional(),
    submissions: count.optional(),
    units: count.optional(),
    drafts: count.optional(),
  }),
  aboutCall('call.extended', 'A deadline was moved later, or set again after it had passed', {
    ...deadline,
    previousClosesAt: Instant.optional(),
    reason,
  }),
  aboutCall('call.closed-early', 'A deadline was moved earlier', {
    ...deadline,
    previousClosesAt: Instant.optional(),
    reason,
  }),
  aboutCall('call.sealed', 'What was handed in is sealed', {
    number: z.int().min(1).optional(),
    root: Sha256.optional().meta({ description: 'Root of the Merkle tree' }),
    count: count.optional().meta({ description: 'Entries of the roster' }),
    withdrawn: count.optional().meta({ description: 'Of an earlier seal, withdrawn since' }),
  }),
  aboutSubmission('submission.created', 'A unit has begun a draft', {}),
  aboutSubmission('submission.submitted', 'A unit has submitted', { receiptNo: ReceiptNo.optional() }),
  aboutSubmission('submission.withdrawn', 'A unit has withdrawn what it submitted', {}),
  aboutSubmission('submission.consented', 'A partner has consented', { partner: OrganizationId.optional() }),
  aboutSubmission('submission.consent-taken-back', 'A partner has taken its consent back', {
    partner: OrganizationId.optional(),
  }),
  aboutSubmission('submission.malware-found', 'Malware was found in a file of a submission or draft', {
    attachmentId: AttachmentId,
    status: SubmissionStatus.meta({ description: 'What it was then: a draft with malware cannot be submitted' }),
    threat: z.string().optional().meta({ description: 'What the scanner calls it' }),
  }),
  about('webhook.ping', 'Somebody asked for a test of a webhook', { webhook: z.string() }),
]);
export type DomainEvent = z.output<typeof DomainEvent>;
export type EventType = DomainEvent['type'];

/** What a webhook can ask for: all but the test, which every webhook gets. */
export const WEBHOOK_EVENTS = [
  'call.published',
  'call.unpublished',
  'call.opened',
  'call.closing-soon',
  'call.closed',
  'call.extended',
  'call.closed-early',
  'call.sealed',
  'submission.created',
  'submission.submitted',
  'submission.withdrawn',
  'submission.consented',
  'submission.consent-taken-back',
  'submission.malware-found',
] as const satisfies readonly Exclude<EventType, 'webhook.ping'>[];
