import * as z from 'zod';
import { MemberDetails, Role } from './membership.ts';
import { operation } from './operation.ts';
import { OrganizationRecord } from './organization-record.ts';
import { listOf, OrganizationId, Page } from './primitives.ts';

export const Organization = z
  .strictObject({
    organizationId: OrganizationId,
    ...OrganizationRecord.shape,
    managedBy: OrganizationId.optional().meta({ description: 'The organiser that keeps this record' }),
    organiser: z.boolean().meta({ description: 'Whether it may publish calls; given by whoever runs the system' }),
    revision: z.int().meta({ description: 'Of the record; its ETag' }),
  })
  .meta({ id: 'Organization' });
export type Organization = z.output<typeof Organization>;

const Member = z
  .object({ organizationId: OrganizationId, subject: z.string(), role: Role, ...MemberDetails.shape })
  .meta({ id: 'Member', description: 'Who may act for an organisation' });

const params = z.object({ organizationId: OrganizationId });
const memberParams = params.extend({
  subject: z
    .string()
    .regex(/^[\x21-\x7e]{1,255}$/)
    .meta({ description: "`sub` of the person's tokens, percent-encoded where needed" }),
});
const ETag = z.object({ etag: z.string() });
const ManagedBy = OrganizationId.optional().meta({
  description: 'The organiser that is to keep the record; needed only of an officer of several',
});

/** Rows of one import: as many as one DynamoDB transaction writes, so that it is all or nothing. */
export const IMPORT_ROWS = 100;

/** A workbook of so many rows has some 50 KB; pictures and old styles come on top. */
const ROSTER_BYTES = 1024 * 1024;

export const listOrganizations = operation({
  method: 'GET',
  path: '/organizations',
  status: 200,
  access: 'signedIn',
  summary: "The units whose records the officer's organisers keep, in order of their ids",
  query: Page.extend({ kind: z.string().min(1).max(40).optional() }),
  reply: listOf(Organization),
  refusals: ['NOT_FOUND'],
});

export const importOrganizations = operation({
  method: 'POST',
  path: '/organizations/import',
  status: 200,
  access: 'signedIn',
  summary: 'Create or update units from a roster in XLSX or CSV: all of it or nothing',
  description: `One header row, then at most ${IMPORT_ROWS} rows; send a longer roster in parts. Columns, in any order: 编号 organizationId, 名称 name, 单位类型 kinds, 统一社会信用代码 uscc, 评估等级 rating.grade, 等级有效期至 rating.validUntil, 成立日期 foundedOn, 地址 address, 邮编 postcode, 电话 phone, 传真 fax, 电子邮箱 email, 负责人 head, 负责人手机 headMobile, 标记 flags. Needed: 名称, and 编号 or 统一社会信用代码 (then the code in lower case is the id). Several kinds or flags in one cell are separated by 、 or ;. A column that is there replaces what the record holds (an empty cell clears it), one that is not leaves it, as it leaves sanctions and overdue obligations. Every fault is listed as \`lines[N].column\`, N as an editor or the spreadsheet counts. Sending the same file again changes nothing but revisions. XLSX: the sheet 名册, or else the first one that is not hidden; hidden rows count, formulas by the result saved with them, days in any date format. No macros, no password, no merged cells. CSV (RFC 4180): in UTF-8, with or without BOM: in Excel or WPS “CSV UTF-8”.`,
  query: z.object({ managedBy: ManagedBy }),
  body: z.string(),
  bodyFormats: ['csv', 'xlsx'],
  bodyLimit: ROSTER_BYTES,
  reply: z.object({
    managedBy: OrganizationId,
    organizations: z.array(z.object({ line: z.int(), organizationId: OrganizationId, name: z.string() })),
  }),
  refusals: ['NOT_FOUND', 'VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
});

export const getOrganization = operation({
  method: 'GET',
  path: '/organizations/{organizationId}',
  status: 200,
  access: 'signedIn',
  summary: 'The record of a unit, for its own members and the officers of the organiser that keeps it',
  params,
  reply: Organization,
  replyHeaders: ETag,
  refusals: ['NOT_FOUND'],
});

export const saveOrganization = operation({
  method: 'PUT',
  path: '/organizations/{organizationId}',
  status: 200,
  access: 'signedIn',
  summary: 'Create or replace the record of a unit',
  description:
    'Whoever creates a record keeps it: from then on only officers of that organiser change it. With If-Match (the ETag last seen) a save that overtook another one is refused.',
  params,
  headers: z.object({
    'if-match': z.string().max(100).optional().meta({ description: 'ETag the caller last saw' }),
  }),
  body: OrganizationRecord.extend({ managedBy: ManagedBy }),
  reply: Organization,
  replyHeaders: ETag,
  refusals: [
    'NOT_FOUND',
    'PRECONDITION_FAILED',
    'VALIDATION_FAILED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const listMembers = operation({
  method: 'GET',
  path: '/organizations/{organizationId}/members',
  status: 200,
  access: 'signedIn',
  summary: 'Who may act for an organisation, for officers of the organiser that keeps its record',
  params,
  query: Page,
  reply: listOf(Member),
  refusals: ['NOT_FOUND'],
});

export const saveMember = operation({
  method: 'PUT',
  path: '/organizations/{organizationId}/members/{subject}',
  status: 200,
  access: 'signedIn',
  summary: 'Let a person act for an organisation: in this role and no other',
  description: 'Replaces what is known of the person there: a detail that is not sent is forgotten.',
  params: memberParams,
  body: z.strictObject({
    role: Role.meta({ description: 'officer: of an organiser alone' }),
    ...MemberDetails.shape,
  }),
  reply: Member,
  refusals: ['NOT_FOUND', 'VALIDATION_FAILED', 'PAYLOAD_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE'],
});

export const removeMember = operation({
  method: 'DELETE',
  path: '/organizations/{organizationId}/members/{subject}',
  status: 204,
  access: 'signedIn',
  summary: 'Take from a person every role in an organisation; it counts at once',
  params: memberParams,
  refusals: ['NOT_FOUND'],
});
