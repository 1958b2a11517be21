import * as z from 'zod';
import {
  AttachmentId,
  CallId,
  CategoryCode,
  Instant,
  OrganizationId,
  ReceiptNo,
  Sha256,
  SubmissionId,
  Version,
  ZonedInstant,
} from './primitives.ts';

/** 受理回执: proof of a submit. `digest` is the SHA-256 of the canonical JSON (RFC 8785) of all else in it. */
export const Receipt = z
  .object({
    receiptNo: ReceiptNo,
    submissionId: SubmissionId,
    callId: CallId,
    callVersion: Version,
    category: CategoryCode,
    unitId: OrganizationId,
    submittedAt: Instant,
    deadline: Instant,
    deadlineLocal: ZonedInstant,
    timezone: z.string(),
    answersDigest: Sha256.meta({ description: 'SHA-256 of the canonical JSON (RFC 8785) of the answers' }),
    attachments: z.array(
      z.object({
        attachmentId: AttachmentId,
        material: z.string(),
        filename: z.string(),
        size: z.int(),
        sha256: Sha256,
      }),
    ),
    partners: z
      .array(z.object({ unitId: OrganizationId, name: z.string() }))
      .optional()
      .meta({ description: 'Of a joint application: the units that consented to it' }),
    digest: Sha256,
  })
  .meta({ id: 'Receipt' });
export type Receipt = z.output<typeof Receipt>;
