import * as z from 'zod';

/** Why a request was refused. Codes never change; sentences are made from `shared/http/messages.ts` in the reader's language. */
export const PROBLEM_CODES = [
  'INVALID_REQUEST',
  'ACCESS_TOKEN_REQUIRED',
  'NOT_FOUND',
  'CALL_NOT_OPEN',
  'CALL_CLOSED',
  'LIMIT_REACHED',
  'NOT_A_DRAFT',
  'NOT_SUBMITTED',
  'CONFLICT',
  'NOT_PUBLISHED',
  'HAS_DRAFTS',
  'PRECONDITION_FAILED',
  'PRECONDITION_REQUIRED',
  'PAYLOAD_TOO_LARGE',
  'UNSUPPORTED_MEDIA_TYPE',
  'VALIDATION_FAILED',
  'IDEMPOTENCY_KEY_REUSED',
  'UNIT_REQUIRED',
  'ALREADY_UPLOADED',
  'ATTACHMENT_NOT_AVAILABLE',
  'ACCOUNT_EXISTS',
  'ACCOUNT_NOT_YOURS',
  'ACCOUNTS_ELSEWHERE',
  'UNAVAILABLE',
  'INTERNAL',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** What can be wrong at one path: of a request's envelope, of answers and materials, of a call definition. */
export const FAULT_CODES = [
  // shape
  'REQUIRED',
  'UNKNOWN',
  'NULL',
  'WRONG_TYPE',
  'INVALID',
  'TOO_SHORT',
  'TOO_LONG',
  'TOO_SMALL',
  'TOO_LARGE',
  'TOO_FEW',
  'TOO_MANY',
  'NOT_AN_OPTION',
  'NOT_A_DATE',
  'NOT_A_DECIMAL',
  'TOO_PRECISE',
  'CONTROL_CHARACTER',
  'DUPLICATE',
  // answers
  'FORMAT',
  'FIXED_VALUE',
  'SUM_MISMATCH',
  'COLUMN_SUM_MISMATCH',
  'OUT_OF_ORDER',
  'ABOVE_AMOUNT',
  'FIRST_ROW',
  'RULE_NOT_MET',
  // who may apply
  'APPLICANT_KIND',
  'CONDITION_NOT_MET',
  'DECLARATION_NEEDED',
  'SANCTIONED',
  'OVERDUE',
  // joint applications
  'JOINT_NOT_ALLOWED',
  'UNKNOWN_UNIT',
  'CONSENT_MISSING',
  // what else a submit would be refused for, in a dry run
  'CALL_NOT_OPEN',
  'CALL_CLOSED',
  'LIMIT_REACHED',
  // materials
  'MATERIAL_MISSING',
  'MATERIAL_TOO_MANY',
  'UNKNOWN_MATERIAL',
  'FILE_TYPE_NOT_ACCEPTED',
  'FILE_TOO_LARGE',
  'FILENAME',
  'ATTACHMENT_NOT_UPLOADED',
  'ATTACHMENT_REFUSED',
  // call definitions
  'UNKNOWN_FORM',
  'UNKNOWN_FIELD',
  'UNKNOWN_CATEGORY',
  'WRONG_FIELD_TYPE',
  'UNREACHABLE',
  'CLOSES_BEFORE_OPENS',
  'UNKNOWN_TIMEZONE',
  'MINIMUM_ABOVE_MAXIMUM',
  'DEADLINE_WITHOUT_HOUR',
  'PARTS_MISMATCH',
  'ENVELOPE_EXCEEDED',
  'ENVELOPE_UNSPENT',
  'GOALS_DIFFER',
  'UNKNOWN_GOAL',
  'UNKNOWN_APPLICANT',
  'CONDITION_AMBIGUOUS',
  'PRIORITY_GATES',
  'ENVELOPES_ABOVE_GROUP',
  'PAPER_BEFORE_ELECTRONIC',
  'DUE_BEFORE_PERIOD_ENDS',
  'ANNEX_MISSING',
  'EXPRESSION_SYNTAX',
  'EXPRESSION_TYPE',
  'EXPRESSION_UNKNOWN',
  'EXPRESSION_NOT_ALLOWED',
  'EXPRESSION_TOO_COSTLY',
  'TOO_COMPLEX',
  'ORGANISER_CHANGED',
  'CATEGORY_IN_USE',
  'WINDOW_CHANGED',
  'SYNTAX',
  'YAML_ALIAS',
  // units and their rosters
  'MANAGER_CHANGED',
  'NOT_UTF8',
  'COLUMN_COUNT',
  'ID_TAKEN',
] as const;
export type FaultCode = (typeof FAULT_CODES)[number];

export const ProblemError = z.object({
  path: z
    .string()
    .meta({ description: 'Where: dotted, rows in brackets; empty for the whole', examples: ['participants[0].name'] }),
  code: z.enum(FAULT_CODES),
  message: z.string(),
  clause: z.string().optional().meta({ description: 'Clause of the notice the rule comes from' }),
  line: z.int().optional().meta({ description: 'Line of a YAML or CSV body, from 1' }),
  column: z.int().optional().meta({ description: 'Column of that line, from 1' }),
});

/** RFC 9457 problem details: the one body of every refusal of ours (the gateway's own refusals are `{"message": …}`). */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(PROBLEM_CODES),
    requestId: z.string(),
    errors: z.array(ProblemError),
    limit: z.int().optional().meta({ description: 'With LIMIT_REACHED: the limit' }),
    count: z.int().optional().meta({ description: 'With LIMIT_REACHED: how many count already' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.output<typeof Problem>;
