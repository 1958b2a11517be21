import * as z from 'zod';
import { AttachmentState, ScanState } from './attachment-states.ts';
import { operation } from './operation.ts';
import { AttachmentId, Instant, Sha256, SubmissionId } from './primitives.ts';
import { Upload } from './upload.ts';

export const Attachment = z
  .object({
    attachmentId: AttachmentId,
    material: z.string(),
    filename: z.string(),
    contentType: z.string(),
    size: z.int(),
    sha256: Sha256,
    state: AttachmentState,
    reason: z.string().optional().meta({ description: 'Why it was refused, in words' }),
    scan: ScanState.optional().meta({
      description:
        'Of an admitted one, what the malware scan has said; absent where uploads are not scanned. Submitted it can be before it is `clean`, with a `threat` it cannot',
    }),
    createdAt: Instant,
  })
  .meta({ id: 'Attachment' });
export type Attachment = z.output<typeof Attachment>;

const AttachmentDeclaration = z.strictObject({
  material: z.string().min(1).max(40).meta({ description: 'Key of the material it answers' }),
  filename: z
    .string()
    .min(1)
    .max(200)
    .meta({ examples: ['申报书.pdf'] }),
  size: z.int().min(1).max(500_000_000).meta({ description: 'Bytes' }),
  contentType: z.string().min(3).max(100),
  sha256: Sha256,
});

const params = z.object({ submissionId: SubmissionId });
const attachmentParams = params.extend({ attachmentId: AttachmentId });
const UploadMethod = z.object({
  method: z.enum(['POST', 'PUT']).default('POST').meta({ description: 'How the file will be sent' }),
});

export const createAttachment = operation({
  method: 'POST',
  path: '/submissions/{submissionId}/attachments',
  status: 201,
  access: 'signedIn',
  summary: 'Announce a file and get the right to upload it to S3',
  description:
    'The upload is bound to size, type and SHA-256. The attachment counts once its bytes were proven (state `admitted`). With an Idempotency-Key a repeated request gives the same attachment and a new right, until its file was uploaded.',
  params,
  query: UploadMethod,
  headers: z.object({ 'idempotency-key': z.string().min(1).max(255).optional() }),
  body: AttachmentDeclaration,
  reply: z.object({ attachmentId: AttachmentId, upload: Upload }),
  refusals: [
    'NOT_FOUND',
    'CALL_NOT_OPEN',
    'CALL_CLOSED',
    'NOT_A_DRAFT',
    'ALREADY_UPLOADED',
    'VALIDATION_FAILED',
    'IDEMPOTENCY_KEY_REUSED',
    'CONFLICT',
    'PAYLOAD_TOO_LARGE',
    'UNSUPPORTED_MEDIA_TYPE',
  ],
});

export const renewAttachmentUpload = operation({
  method: 'POST',
  path: '/submissions/{submissionId}/attachments/{attachmentId}/upload',
  status: 200,
  access: 'signedIn',
  summary: 'Renew the right to upload an announced file',
  params: attachmentParams,
  query: UploadMethod,
  reply: z.object({ attachmentId: AttachmentId, upload: Upload }),
  refusals: ['NOT_FOUND', 'CALL_NOT_OPEN', 'CALL_CLOSED', 'NOT_A_DRAFT', 'ALREADY_UPLOADED', 'CONFLICT'],
});

export const getAttachment = operation({
  method: 'GET',
  path: '/submissions/{submissionId}/attachments/{attachmentId}',
  status: 302,
  access: 'signedIn',
  summary: 'Download an attachment under its original name',
  description:
    'A redirect to a short-lived address; with `Accept: application/json` the address itself. Officers read those of submitted submissions. Where uploads are scanned, nobody gets a file before it is found clean (`SCAN_PENDING`, with Retry-After) nor one with malware (`MALWARE_FOUND`); one that could not be scanned (`NOT_SCANNED`) is given to who says `acceptUnscanned=true`.',
  params: attachmentParams,
  query: z.object({
    acceptUnscanned: z.enum(['true', 'false']).default('false').meta({
      description: 'Take a file that the malware scan could not look into, at your own risk',
    }),
  }),
  headers: z.object({ accept: z.string().max(1_000).optional() }),
  reply: z.object({ url: z.string(), expiresAt: Instant }),
  replyStatus: 200,
  replyHeaders: z.object({ location: z.string().optional() }),
  refusals: ['NOT_FOUND', 'ATTACHMENT_NOT_AVAILABLE', 'SCAN_PENDING', 'NOT_SCANNED', 'MALWARE_FOUND', 'DATA_ERASED'],
});

export const deleteAttachment = operation({
  method: 'DELETE',
  path: '/submissions/{submissionId}/attachments/{attachmentId}',
  status: 204,
  access: 'signedIn',
  summary: 'Remove an attachment from a draft',
  params: attachmentParams,
  refusals: ['NOT_FOUND', 'NOT_A_DRAFT'],
});
