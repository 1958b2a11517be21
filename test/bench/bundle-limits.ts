import type { FunctionFolder } from '#infra/functions.ts';

/**
 * KB of the gzipped bundle, chunks that are loaded on demand included, that a function may have: a tenth above what it had when this was written. A function above its ceiling has taken something
 * on; `npm run bench -- bundles` says what. Lower it where a function has become smaller.
 */
export const CEILINGS_KB: Readonly<Record<FunctionFolder, number>> = {
  'account/get-account': 181,
  'attachments/create-attachment': 244,
  'attachments/delete-attachment': 194,
  'attachments/get-attachment': 238,
  'attachments/renew-attachment-upload': 240,
  'calls/close-call': 240,
  'calls/create-annex-upload': 238,
  'calls/extend-call': 240,
  'calls/get-annex': 236,
  'calls/get-call': 191,
  'calls/get-call-version': 192,
  'calls/get-call-history': 205,
  'calls/get-eligibility': 240,
  'calls/get-form': 193,
  'calls/get-progress': 215,
  'calls/list-calls': 193,
  'calls/list-extensions': 195,
  'calls/list-late-attempts': 195,
  'calls/publish-call': 237,
  'calls/save-call': 305,
  'calls/unpublish-call': 193,
  'jobs/admit-attachment': 257,
  'jobs/advance-calls': 181,
  'jobs/call-webhook': 184,
  'jobs/collect-uploads': 258,
  'jobs/publish-events': 200,
  'jobs/seal-calls': 300,
  'jobs/send-mail': 300,
  'organizations/create-account': 201,
  'organizations/disable-account': 200,
  'organizations/enable-account': 200,
  'organizations/get-organization': 188,
  'organizations/import-organizations': 220,
  'organizations/list-accounts': 201,
  'organizations/list-members': 187,
  'organizations/list-organizations': 187,
  'organizations/remove-member': 185,
  'organizations/reset-account': 200,
  'organizations/save-member': 186,
  'organizations/save-organization': 190,
  'receipts/check-receipt': 244,
  'receipts/list-signing-keys': 184,
  'seals/get-seal': 260,
  'seals/get-seal-roster': 280,
  'seals/list-seals': 200,
  'site/site': 80,
  'submissions/consent-to-submission': 197,
  'submissions/create-submission': 240,
  'submissions/delete-submission': 194,
  'submissions/get-submission': 224,
  'submissions/get-submission-history': 205,
  'submissions/get-submission-receipt': 221,
  'submissions/list-call-submissions': 196,
  'submissions/list-submissions': 191,
  'submissions/save-answers': 224,
  'submissions/save-partners': 204,
  'submissions/submit-submission': 310,
  'submissions/take-back-consent': 197,
  'submissions/validate-submission': 308,
  'submissions/withdraw-submission': 205,
  'webhooks/delete-webhook': 198,
  'webhooks/list-webhooks': 198,
  'webhooks/renew-webhook-secret': 198,
  'webhooks/save-webhook': 199,
  'webhooks/test-webhook': 207,
};

const UPLOADS: readonly FunctionFolder[] = [
  'attachments/create-attachment',
  'attachments/renew-attachment-upload',
  'calls/create-annex-upload',
];
const DOWNLOADS: readonly FunctionFolder[] = ['attachments/get-attachment', 'calls/get-annex', 'seals/get-seal-roster'];
/** What reads rosters of seals, or writes them. */
const SEALERS: readonly FunctionFolder[] = ['jobs/seal-calls', 'receipts/check-receipt', 'seals/get-seal'];
const DIRECTORY: readonly FunctionFolder[] = [
  'organizations/create-account',
  'organizations/disable-account',
  'organizations/enable-account',
  'organizations/list-accounts',
  'organizations/reset-account',
];
const PROVERS: readonly FunctionFolder[] = [
  'jobs/admit-attachment',
  'jobs/collect-uploads',
  'submissions/submit-submission',
  'submissions/validate-submission',
];

/** What decides whether a unit may apply, or a submission be handed in, reads the rules. */
const DECIDERS: readonly FunctionFolder[] = [
  'calls/get-eligibility',
  'submissions/create-submission',
  'submissions/submit-submission',
  'submissions/validate-submission',
];

/** What is heavy, or belongs to one step, and the only functions that may carry it: packages by name, our own files by path. */
export const CARRIERS: Readonly<Record<string, readonly FunctionFolder[]>> = {
  '@aws-sdk/client-s3': [...UPLOADS, ...DOWNLOADS, ...PROVERS, ...SEALERS, 'calls/publish-call'],
  '@aws-sdk/client-cognito-identity-provider': DIRECTORY,
  '@aws-sdk/client-kms': ['jobs/seal-calls', 'receipts/list-signing-keys', 'submissions/get-submission-receipt'],
  '@aws-sdk/client-sqs': ['jobs/call-webhook', 'jobs/publish-events', 'jobs/send-mail', 'webhooks/test-webhook'],
  '@aws-sdk/client-sesv2': ['jobs/send-mail'],
  '@aws-sdk/client-eventbridge': ['jobs/publish-events'],
  nodemailer: ['jobs/send-mail'],
  '@aws-sdk/s3-presigned-post': UPLOADS,
  '@aws-sdk/s3-request-presigner': [...UPLOADS, ...DOWNLOADS],
  'file-type': PROVERS,
  yaml: ['calls/save-call'],
  '@marcbachmann/cel-js': [...DECIDERS, 'calls/save-call'],
  'shared/domain/expression/check-expression.ts': ['calls/save-call'],
  'temporal-polyfill': ['calls/save-call', 'calls/extend-call', 'calls/close-call'],
  yauzl: ['organizations/import-organizations'],
  saxes: ['organizations/import-organizations'],
  'shared/domain/call/check-definition.ts': ['calls/save-call'],
  'shared/domain/call/locate-faults.ts': ['calls/save-call'],
  'shared/domain/form/json-schema.ts': ['calls/get-form', 'calls/save-call'],
  'shared/contract/openapi.json': ['site/site'],
  'shared/contract/call.schema.json': ['site/site'],
  'zod-openapi': [],
  'swagger-ui-dist': [],
  fflate: [],
  ajv: [],
  'aws-cdk-lib': [],
};
