import * as z from 'zod';
import { operation } from './operation.ts';
import { Instant, ReceiptNo, SubmissionId } from './primitives.ts';
import { Receipt } from './receipts.ts';

/** A receipt with its signature. Once it was signed everybody who asks gets the same one. */
export const SignedReceipt = Receipt.extend({
  jws: z.string().meta({
    description:
      'The receipt signed: a JWS in compact form (ES256, `typ` shenbao-receipt+jwt) whose payload is its canonical JSON (RFC 8785), all fields but `jws` and `withdrawnAt`. Keys are at /.well-known/jwks.json',
  }),
  withdrawnAt: Instant.optional().meta({ description: 'Of a receipt that a withdrawal made void' }),
}).meta({ id: 'SignedReceipt' });

export const getSubmissionReceipt = operation({
  method: 'GET',
  path: '/submissions/{submissionId}/receipt',
  status: 200,
  access: 'signedIn',
  summary: 'The receipt of a submitted submission, signed; also as a page to print',
  description:
    'JSON, or a page where Accept names text/html before JSON or `format` says so, in the language of Accept-Language. A receipt is signed when it is first asked for.',
  params: z.object({ submissionId: SubmissionId }),
  query: z.object({
    receiptNo: ReceiptNo.optional().meta({
      description: 'An earlier receipt of this submission, which a withdrawal made void; else the one in force',
    }),
    format: z.enum(['json', 'html']).optional().meta({ description: 'Goes before Accept' }),
  }),
  reply: SignedReceipt,
  page: true,
  refusals: ['NOT_FOUND', 'NOT_SUBMITTED', 'DATA_ERASED'],
});
