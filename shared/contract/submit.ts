import * as z from 'zod';
import { operation } from './operation.ts';
import { SubmissionId } from './primitives.ts';
import { Receipt } from './receipts.ts';

// Apart from the other operations on submissions: in the last hour a cold start of this one builds no schema but its own.

export const submitSubmission = operation({
  method: 'POST',
  path: '/submissions/{submissionId}/submit',
  status: 200,
  access: 'signedIn',
  summary: 'Submit',
  description:
    'Accepted if and only if received before the deadline. A repeated request gives the same receipt, even after the deadline.',
  params: z.object({ submissionId: SubmissionId }),
  reply: Receipt,
  refusals: ['NOT_FOUND', 'CALL_NOT_OPEN', 'CALL_CLOSED', 'VALIDATION_FAILED', 'LIMIT_REACHED', 'CONFLICT'],
});
