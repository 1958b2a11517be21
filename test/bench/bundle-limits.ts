import type { FunctionFolder } from '#infra/functions.ts';

/**
 * KB of the gzipped bundle that a function may have: a tenth above what it had when this was written. A function above its ceiling has taken something
 * on; `npm run bench -- bundles` says what. Lower it where a function has become smaller.
 */
export const CEILINGS_KB: Readonly<Record<FunctionFolder, number>> = {
  'account/get-account': 164,
  'attachments/create-attachment': 225,
  'attachments/delete-attachment': 174,
  'attachments/get-attachment': 219,
  'attachments/renew-attachment-upload': 221,
  'calls/create-annex-upload': 219,
  'calls/get-annex': 218,
  'calls/get-call': 172,
  'calls/get-call-version': 173,
  'calls/get-form': 174,
  'calls/list-calls': 174,
  'calls/publish-call': 219,
  'calls/save-call': 239,
  'calls/unpublish-call': 174,
  'jobs/admit-attachment': 238,
  'jobs/advance-calls': 162,
  'jobs/collect-uploads': 239,
  'receipts/check-receipt': 163,
  'site/site': 31,
  'submissions/create-submission': 180,
  'submissions/delete-submission': 174,
  'submissions/get-submission': 174,
  'submissions/get-submission-receipt': 174,
  'submissions/list-call-submissions': 177,
  'submissions/list-submissions': 173,
  'submissions/save-answers': 178,
  'submissions/submit-submission': 255,
  'submissions/validate-submission': 252,
  'submissions/withdraw-submission': 175,
};

const UPLOADS: readonly FunctionFolder[] = [
  'attachments/create-attachment',
  'attachments/renew-attachment-upload',
  'calls/create-annex-upload',
];
const DOWNLOADS: readonly FunctionFolder[] = ['attachments/get-attachment', 'calls/get-annex'];
const PROVERS: readonly FunctionFolder[] = [
  'jobs/admit-attachment',
  'jobs/collect-uploads',
  'submissions/submit-submission',
  'submissions/validate-submission',
];

/** What is heavy, or belongs to one step, and the only functions that may carry it: packages by name, our own files by path. */
export const CARRIERS: Readonly<Record<string, readonly FunctionFolder[]>> = {
  '@aws-sdk/client-s3': [...UPLOADS, ...DOWNLOADS, ...PROVERS, 'calls/publish-call'],
  '@aws-sdk/s3-presigned-post': UPLOADS,
  '@aws-sdk/s3-request-presigner': [...UPLOADS, ...DOWNLOADS],
  'file-type': PROVERS,
  yaml: ['calls/save-call'],
  'temporal-polyfill': ['calls/save-call'],
  'shared/domain/call/check-definition.ts': ['calls/save-call'],
  'shared/domain/call/locate-faults.ts': ['calls/save-call'],
  'shared/domain/form/json-schema.ts': ['calls/get-form'],
  'shared/contract/openapi.json': ['site/site'],
  'shared/contract/call.schema.json': ['site/site'],
  'zod-openapi': [],
  'swagger-ui-dist': [],
  ajv: [],
  'aws-cdk-lib': [],
};
