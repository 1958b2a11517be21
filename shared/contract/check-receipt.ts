import * as z from 'zod';
import { operation } from './operation.ts';
import { CallId, Instant, ReceiptNo, Sha256 } from './primitives.ts';
import { Membership } from './seals.ts';

export const checkReceipt = operation({
  method: 'GET',
  path: '/receipts/{receiptNo}',
  status: 200,
  access: 'anyone',
  summary: 'Confirm a receipt by its number: time, digest, status, its place in the seal; nothing personal',
  params: z.object({ receiptNo: ReceiptNo }),
  reply: z.object({
    receiptNo: ReceiptNo,
    callId: CallId,
    submittedAt: Instant,
    digest: Sha256,
    status: z.enum(['submitted', 'withdrawn']),
    withdrawnAt: Instant.optional(),
    membership: Membership.optional().meta({ description: 'Once the call is sealed: proof that it is in the roster' }),
  }),
  refusals: ['NOT_FOUND'],
});
