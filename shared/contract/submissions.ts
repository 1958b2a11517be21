import * as z from 'zod';
import { Attachment } from './attachments.ts';
import { DeadlineInForce } from './deadlines.ts';
import { operation } from './operation.ts';
import { CallId, CategoryCode, Instant, listOf, OrganizationId, Page, SubmissionId, Version } from './primitives.ts';
import { ProblemError } from './problem.ts';
import { LateAttempts, SubmissionStatus, UnitRole } from './submission-states.ts';

/** Answers by field key. Their shape is the category's form; see `GET /calls/{callId}/categories/{code}/form`. */
const AnswersBody = z
  .record(z.string(), z.unknown())
  .meta({ description: "Answers by field key, as the category's form asks for them" });

/** A unit that applies together with the lead. It counts, and appears to the organiser, once its own user consented. */
export const Partner = z
  .object({
    unitId: OrganizationId,
    name: z.string(),
    consentedAt: Instant.optional().meta({ description: 'Absent while its consent is awaited' }),
  })
  .meta({ id: 'Partner' });

/** What lists show, and what an officer sees of a draft. */
export const SubmissionHead = z
  .object({
    submissionId: SubmissionId,
    callId: CallId,
    callVersion: Version,
    category: CategoryCode,
    unitId: OrganizationId,
    status: SubmissionStatus,
    createdAt: Instant,
    updatedAt: Instant,
    submittedAt: Instant.optional(),
    receiptNo: z.string().optional(),
    attachmentCount: z.int(),
    answered: z.int().meta({ description: 'How many fields have an answer: the progress of a draft' }),
    erasedAt: Instant.optional().meta({
      description: 'Its answers, files and their names are deleted since: the time the call keeps them has passed',
    }),
    malwareFoundAt: Instant.optional().meta({
      description: 'Of a submitted one: malware was found in a file of it then. `attachments` say in which (`scan`)',
    }),
    partnerCount: z.int().meta({ description: 'How many units consented to apply together with the lead' }),
  })
  .meta({ id: 'SubmissionHead' });

/** An entry of a unit's own list. */
export const ListedSubmission = SubmissionHead.extend({
  role: UnitRole.meta({ description: '`partner`: another unit leads it and names this one' }),
  consentedAt: Instant.optional().meta({ description: "Of a partner's entry; absent while its consent is awaited" }),
}).meta({ id: 'ListedSubmission' });

/** What the version in force asks of one draft differently from the one it was last checked against. */
const Changes = z
  .object({
    from: Version.meta({ description: 'The version the draft was last checked against' }),
    to: Version.meta({ description: 'The version in force' }),
    changes: z.array(
      z.object({
        path: z.string().meta({ description: 'Of the definition, such as `form.projectName` or `materials.plan`' }),
        kind: z.enum(['added', 'removed', 'changed']),
        text: z.string().meta({ description: "In the reader's language" }),
      }),
    ),
  })
  .meta({ id: 'Changes' });

export const Submission = SubmissionHead.extend({
  answersRevision: z.int().meta({ description: 'Moves with every saved change of the answers; the ETag' }),
  answers: AnswersBody.optional().meta({ description: "Absent where an officer reads another unit's draft" }),
  attachments: z.array(Attachment),
  partners: z
    .array(Partner)
    .meta({ description: 'Of a joint application; to others than its units only those who consented' }),
  deadline: DeadlineInForce.meta({ description: 'In force for this submission, at the scope that gives it longest' }),
  changes: Changes.optional().meta({
    description: 'Of a draft of its own unit that was last checked against another version of the call',
  }),
  late: LateAttempts.optional().meta({
    description: 'Submits refused for coming after the deadline; absent where none was',
  }),
}).meta({ id: 'Submission' });

const params = z.object({ submissionId: SubmissionId });
const ETag = z.object({ etag: z.string() });
const IfMatch = z.object({ 'if-match': z.string().max(100).optional() });

export const createSubmission = operation({
  method: 'POST',
  path: '/calls/{callId}/submissions',
  status: 201,
  access: 'signedIn',
  summary: 'Start a draft in a category',
  description:
    'Who belongs to several units says `unitId`. It starts with what is known of unit and user where the form says so (`prefill`), or with a copy of an earlier submission of the unit (`copyFrom`) as far as the form allows; `answers` go before the copy, the copy before what is known. A copy takes answers of the same key and type, amounts in the unit of this form, options that say the same, of tables the columns and rows there is room for; declarations are made anew, and files are not copied. With an Idempotency-Key a repeated request gives the same draft.',
  params: z.object({ callId: CallId }),
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: z.strictObject({
    category: CategoryCode,
    unitId: OrganizationId.optional(),
    answers: AnswersBody.optional(),
    copyFrom: SubmissionId.optional().meta({
      description: 'A submission the same unit made itself: of any call and category, draft or submitted',
    }),
  }),
  reply: Submission.extend({
    dropped: z.array(z.string()).meta({ description: 'Fields of `answers` that a condition hides, and dropped' }),
    filled: z
      .array(z.object({ field: z.string(), from: z.string() }))
      .meta({ description: 'Fields filled for the applicant: from `unit.…`, `user.…` or `copy`' }),
    notCopied: z
      .array(z.string())
      .meta({ description: 'Fields of the copied submission that this form does not take as they were' }),
  }),
  replyHeaders: ETag.extend({ location: z.string() }),
  refusals: [
    'NOT_FOUND',
    'UNIT_REQUIRED',
    'CALL_NOT_OPEN',
    'CALL_CLOSED',
    'LIMIT_REACHED',
    'VALIDATION_FAILED',
    'IDEMPOTENCY_KEY_REUSED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const listSubmissions = operation({
  method: 'GET',
  path: '/submissions',
  status: 200,
  access: 'signedIn',
  summary: 'What a unit submits, leads as a draft, or is named in as a partner, newest first',
  description: 'Who acts for several units says `unitId`.',
  query: Page.extend({ unitId: OrganizationId.optional() }),
  reply: listOf(ListedSubmission),
  refusals: ['NOT_FOUND', 'UNIT_REQUIRED'],
});

export const getSubmission = operation({
  method: 'GET',
  path: '/submissions/{submissionId}',
  status: 200,
  access: 'signedIn',
  summary: 'A submission with answers and attachments',
  description:
    'Officers of the organiser read all of a submitted one and, of a draft, no answers. A unit that is named as a partner reads all of it, so that it knows what it consents to, and changes nothing. Where another version of the call is in force than a draft was last checked against, its own unit is told what `changes`, its answers and files first.',
  params,
  reply: Submission,
  replyHeaders: ETag,
  refusals: ['NOT_FOUND'],
});

export const deleteSubmission = operation({
  method: 'DELETE',
  path: '/submissions/{submissionId}',
  status: 204,
  access: 'signedIn',
  summary: 'Delete a draft with its attachments',
  params,
  refusals: ['NOT_FOUND', 'NOT_A_DRAFT', 'CONFLICT'],
});

export const saveAnswers = operation({
  method: 'PUT',
  path: '/submissions/{submissionId}/answers',
  status: 200,
  access: 'signedIn',
  summary: 'Replace all answers of a draft',
  description:
    'The body is the answers object itself. A draft may be incomplete, never of a wrong shape; null and unknown fields are refused. Answers hidden by a condition are dropped, and the reply says which. The draft is then checked against the version in force; where that is another one than before, the reply tells what `changes`, for the last time. If-Match with the ETag last seen is needed.',
  params,
  headers: IfMatch,
  body: AnswersBody,
  reply: Submission.extend({
    dropped: z.array(z.string()).meta({ description: 'Fields whose answers were hidden by a condition, and dropped' }),
  }),
  replyHeaders: ETag,
  refusals: [
    'NOT_FOUND',
    'CALL_NOT_OPEN',
    'CALL_CLOSED',
    'NOT_A_DRAFT',
    'PRECONDITION_REQUIRED',
    'PRECONDITION_FAILED',
    'VALIDATION_FAILED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const validateSubmission = operation({
  method: 'POST',
  path: '/submissions/{submissionId}/validate',
  status: 200,
  access: 'signedIn',
  summary: 'What a submit received now would be refused for, without submitting',
  params,
  reply: z.object({ ready: z.boolean(), errors: z.array(ProblemError) }),
  refusals: ['NOT_FOUND'],
});

export const withdrawSubmission = operation({
  method: 'POST',
  path: '/submissions/{submissionId}/withdraw',
  status: 200,
  access: 'signedIn',
  summary: 'Take a submission back to draft, before the deadline',
  params,
  reply: SubmissionHead,
  refusals: ['NOT_FOUND', 'CALL_CLOSED', 'CALL_NOT_OPEN', 'NOT_SUBMITTED', 'LIMIT_REACHED', 'CONFLICT'],
});

const PartnersReply = z.object({ partners: z.array(Partner).meta({ description: 'In the order they are named in' }) });

export const savePartners = operation({
  method: 'PUT',
  path: '/submissions/{submissionId}/partners',
  status: 200,
  access: 'signedIn',
  summary: 'Name the units that apply together with the lead',
  description:
    'Replaces the list of a draft, in this order. Who stays on it keeps the consent given; who is new, or comes back to it, has to consent before the draft can be submitted.',
  params,
  body: z.strictObject({ partners: z.array(OrganizationId).max(10) }),
  reply: PartnersReply,
  refusals: [
    'NOT_FOUND',
    'CALL_NOT_OPEN',
    'CALL_CLOSED',
    'NOT_A_DRAFT',
    'VALIDATION_FAILED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

const UnitOfActor = OrganizationId.optional().meta({ description: 'Of who acts for several of its partners' });

export const consentToSubmission = operation({
  method: 'POST',
  path: '/submissions/{submissionId}/consent',
  status: 200,
  access: 'signedIn',
  summary: 'Consent to a joint application, for a partner named in it',
  description:
    'It is the consent of a unit, by any user of it, and stands until it is taken back or the unit is taken off the list. Given twice it stays as it was given first.',
  params,
  body: z.strictObject({ unitId: UnitOfActor }).default({}),
  bodyOptional: true,
  reply: PartnersReply,
  refusals: [
    'NOT_FOUND',
    'UNIT_REQUIRED',
    'CALL_NOT_OPEN',
    'CALL_CLOSED',
    'NOT_A_DRAFT',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const takeBackConsent = operation({
  method: 'DELETE',
  path: '/submissions/{submissionId}/consent',
  status: 200,
  access: 'signedIn',
  summary: 'Take back a consent while the submission is still a draft',
  description: 'Of what was submitted only the lead can take it back, by withdrawing the submission.',
  params,
  query: z.object({ unitId: UnitOfActor }),
  reply: PartnersReply,
  refusals: ['NOT_FOUND', 'UNIT_REQUIRED', 'CALL_NOT_OPEN', 'CALL_CLOSED', 'NOT_A_DRAFT', 'CONFLICT'],
});

export const listCallSubmissions = operation({
  method: 'GET',
  path: '/calls/{callId}/submissions',
  status: 200,
  access: 'signedIn',
  summary: 'Submissions and drafts of a call, for officers of its organiser',
  description: 'In a stable order, unit by unit. A page may be shorter than `limit` and still have a `nextCursor`.',
  params: z.object({ callId: CallId }),
  query: Page.extend({ category: CategoryCode.optional(), status: SubmissionStatus.optional() }),
  reply: listOf(SubmissionHead),
  refusals: ['NOT_FOUND'],
});
