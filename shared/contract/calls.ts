import * as z from 'zod';
import {
  Amount,
  Condition,
  Contact,
  Envelope,
  Evidence,
  Goals,
  History,
  Indicator,
  Joint,
  Obligation,
  Paper,
  Period,
  Quota,
} from './call-parts.ts';
import { operation } from './operation.ts';
import {
  CallId,
  CategoryCode,
  Instant,
  listOf,
  OrganizationId,
  Page,
  Sha256,
  Version,
  ZonedInstant,
} from './primitives.ts';
import { ProblemError } from './problem.ts';
import { Upload } from './upload.ts';

export const CallStatus = z.enum(['scheduled', 'open', 'closed', 'sealed']);
export type CallStatus = z.output<typeof CallStatus>;

const Material = z.object({
  key: z.string(),
  title: z.string(),
  required: z.boolean(),
  accept: z.array(z.string()).meta({ description: 'File name extensions' }),
  maxSize: z.int().meta({ description: 'Bytes' }),
  maxCount: z.int(),
  hint: z.string().optional(),
  priority: z.boolean().meta({ description: 'Evidence that gives priority and never gates' }),
  clause: z.string().optional(),
});

/** A node of the call's tree: a category that can be applied to has `form`, a group has `categories`. */
export const CategoryView = z
  .object({
    code: CategoryCode,
    title: z.string(),
    applicants: z.array(z.string()).meta({ description: 'Kinds of unit that may apply; empty on a group' }),
    period: Period.optional(),
    materials: z.array(Material),
    content: z.string().optional(),
    form: z.string().optional().meta({ description: 'Key of the form; absent on a group' }),
    quota: Quota.optional(),
    amount: Amount.optional(),
    envelope: Envelope.optional(),
    goals: Goals.optional(),
    indicators: z.array(Indicator),
    limitPerUnit: z.int().optional(),
    limitClause: z.string().optional(),
    conditions: z
      .array(Condition)
      .meta({ description: 'Of this node, besides those of the nodes above and of the call' }),
    joint: Joint.optional().meta({ description: "Absent: as the call's" }),
    deliverables: z.array(z.string()),
    evidence: z.array(Evidence),
    obligations: z.array(Obligation),
    contacts: z.array(Contact).meta({ description: 'Of this node, besides those of the nodes above and of the call' }),
    clause: z.string().optional(),
    get categories(): z.ZodOptional<z.ZodArray<typeof CategoryView>> {
      return z.array(CategoryView).optional();
    },
  })
  .meta({ id: 'Category' });
export type CategoryView = z.output<typeof CategoryView>;

export const Call = z
  .object({
    callId: CallId,
    version: Version,
    title: z.string(),
    organiser: OrganizationId,
    documentNumber: z.string(),
    status: CallStatus,
    opensAt: Instant,
    closesAt: Instant,
    opensAtLocal: ZonedInstant,
    closesAtLocal: ZonedInstant,
    closesText: z
      .string()
      .meta({ description: 'The deadline in words, with its zone', examples: ['2022年3月31日24:00（Asia/Shanghai）'] }),
    timezone: z.string(),
    publishedOn: z.string().optional(),
    fiscalYear: z.int().optional(),
    basis: z.array(z.string()),
    notice: z.string().optional(),
    limitPerUnit: z.int().optional(),
    limitClause: z.string().optional(),
    paper: Paper.optional(),
    joint: Joint.optional(),
    history: History.optional(),
    conditions: z.array(Condition).meta({ description: 'Of every category' }),
    obligations: z.array(Obligation).meta({ description: 'Of every category' }),
    contacts: z.array(Contact),
    annexes: z.array(
      z.object({
        key: z.string(),
        title: z.string(),
        filename: z.string(),
        contentType: z.string(),
        size: z.int(),
        sha256: Sha256,
        href: z.string(),
      }),
    ),
    categories: z.array(CategoryView),
    closing: z
      .object({ recordedAt: Instant, submissions: z.int(), units: z.int(), drafts: z.int() })
      .optional()
      .meta({ description: 'What the close recorded: submissions, units with at least one, drafts left' }),
  })
  .meta({ id: 'Call' });
export type Call = z.output<typeof Call>;

/** What saving or publishing answers: the version, whether it is in force, and what the check found worth a warning. */
export const SavedCall = z
  .object({
    callId: CallId,
    version: Version,
    published: z.boolean(),
    revision: z.int().meta({ description: 'Of the call as a whole; its ETag' }),
    opensAt: Instant,
    closesAt: Instant,
    closesAtLocal: ZonedInstant,
    closesText: z.string(),
    warnings: z.array(ProblemError),
  })
  .meta({ id: 'SavedCall' });

const params = z.object({ callId: CallId });
const IfMatch = z.object({
  'if-match': z.string().max(100).optional().meta({ description: 'ETag the caller last saw' }),
});
const ETag = z.object({ etag: z.string() });

export const listCalls = operation({
  method: 'GET',
  path: '/calls',
  status: 200,
  access: 'anyone',
  summary: 'Published calls, latest deadline first',
  query: Page.extend({ status: CallStatus.optional() }),
  reply: listOf(Call),
  refusals: [],
});

export const getCall = operation({
  method: 'GET',
  path: '/calls/{callId}',
  status: 200,
  access: 'anyone',
  summary: 'A published call: categories, window, materials, contacts, annexes',
  params,
  reply: Call,
  replyHeaders: ETag,
  refusals: ['NOT_FOUND'],
});

export const getCallVersion = operation({
  method: 'GET',
  path: '/calls/{callId}/versions/{version}',
  status: 200,
  access: 'signedIn',
  summary: 'A version of a call, unpublished ones too, as an officer of its organiser sees it',
  params: params.extend({ version: z.coerce.number().pipe(Version) }),
  reply: z.object({ call: Call, published: z.boolean(), definition: z.record(z.string(), z.unknown()) }),
  replyHeaders: ETag,
  refusals: ['NOT_FOUND'],
});

export const getForm = operation({
  method: 'GET',
  path: '/calls/{callId}/categories/{code}/form',
  status: 200,
  access: 'anyone',
  summary: 'The form of a category: JSON Schema 2020-12 of the complete answers, and how to present it',
  params: params.extend({ code: CategoryCode }),
  reply: z.object({
    callId: CallId,
    version: Version,
    category: CategoryCode,
    title: z.string(),
    schema: z.record(z.string(), z.unknown()).meta({ description: 'JSON Schema 2020-12' }),
    presentation: z
      .record(z.string(), z.unknown())
      .meta({ description: 'Sections in order: labels, hints, units, tables, rules, statements' }),
  }),
  refusals: ['NOT_FOUND'],
});

export const saveCall = operation({
  method: 'PUT',
  path: '/calls/{callId}',
  status: 200,
  access: 'signedIn',
  summary: 'Check a call definition and save it as a new unpublished version',
  description:
    'JSON or YAML. Every fault is listed by its path. Nothing is overwritten: each save is a version of its own. With If-Match (the ETag last seen) a save that overtook another one is refused.',
  params,
  headers: IfMatch,
  body: z.unknown(),
  bodyFormats: ['json', 'yaml'],
  bodyLimit: 2 * 1024 * 1024,
  reply: SavedCall,
  replyHeaders: ETag,
  refusals: [
    'NOT_FOUND',
    'PRECONDITION_FAILED',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
    'VALIDATION_FAILED',
    'CONFLICT',
  ],
});

export const publishCall = operation({
  method: 'POST',
  path: '/calls/{callId}/publish',
  status: 200,
  access: 'signedIn',
  summary: 'Put a version in force; it never changes afterwards',
  params,
  headers: IfMatch,
  body: z.strictObject({ version: Version.optional().meta({ description: 'Default: the newest' }) }).default({}),
  bodyOptional: true,
  reply: SavedCall,
  replyHeaders: ETag,
  refusals: [
    'NOT_FOUND',
    'PRECONDITION_FAILED',
    'VALIDATION_FAILED',
    'CONFLICT',
    'CALL_CLOSED',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const unpublishCall = operation({
  method: 'POST',
  path: '/calls/{callId}/unpublish',
  status: 200,
  access: 'signedIn',
  summary: 'Take back a mistaken publication while nobody has a draft',
  params,
  headers: IfMatch,
  reply: SavedCall,
  replyHeaders: ETag,
  refusals: ['NOT_FOUND', 'PRECONDITION_FAILED', 'NOT_PUBLISHED', 'HAS_DRAFTS', 'CONFLICT'],
});

export const createAnnexUpload = operation({
  method: 'POST',
  path: '/calls/{callId}/annexes',
  status: 201,
  access: 'signedIn',
  summary: "Upload one of the notice's own annexes, to be named in the definition by its SHA-256",
  description:
    'Kept by content: uploading the same bytes again changes nothing. For a call not saved yet, the organiser is named by `organiser`.',
  params,
  body: z.strictObject({
    organiser: OrganizationId,
    filename: z.string().min(1).max(200),
    contentType: z.string().min(3).max(100),
    size: z.int().min(1).max(100_000_000),
    sha256: Sha256,
  }),
  reply: z.object({ sha256: Sha256, upload: Upload }),
  refusals: ['NOT_FOUND', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
});

export const getAnnex = operation({
  method: 'GET',
  path: '/calls/{callId}/annexes/{key}',
  status: 302,
  access: 'anyone',
  summary: "Download one of the notice's own annexes",
  params: params.extend({ key: z.string().min(1).max(40) }),
  replyHeaders: z.object({ location: z.string() }),
  refusals: ['NOT_FOUND'],
});
