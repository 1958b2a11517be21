import * as z from 'zod';
import { operation } from './operation.ts';
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
} from './primitives.ts';

/** 受理编号: the place in the roster of all seals of a call, from 1 on. */
const AcceptanceNo = z
  .int()
  .min(1)
  .meta({ description: '受理编号: given by the seal in order of receipt, from 1 on; a later seal goes on counting' });

const SealNumber = z.int().min(1).meta({ description: 'Number of a seal in its call; 2 and more are supplementary' });

/** A line of the roster: what was submitted, by ids and digests. Nothing personal, and no file names. */
export const RosterEntry = z
  .strictObject({
    acceptanceNo: AcceptanceNo,
    receiptNo: ReceiptNo,
    submissionId: SubmissionId,
    category: CategoryCode,
    callVersion: Version,
    unitId: OrganizationId,
    partners: z.array(OrganizationId).optional(),
    submittedAt: Instant,
    answersDigest: Sha256,
    attachments: z.array(z.strictObject({ attachmentId: AttachmentId, sha256: Sha256, size: z.int() })),
    receiptDigest: Sha256,
  })
  .meta({ id: 'RosterEntry' });
export type RosterEntry = z.output<typeof RosterEntry>;

/** An entry of an earlier seal that was withdrawn after it, during a reopening. */
export const WithdrawnEntry = z.strictObject({
  acceptanceNo: AcceptanceNo,
  receiptNo: ReceiptNo,
  submissionId: SubmissionId,
  submittedAt: Instant,
});
export type WithdrawnEntry = z.output<typeof WithdrawnEntry>;

const SealFile = z.strictObject({
  name: z.string().meta({ description: 'NDJSON: one canonical JSON (RFC 8785) a line, each ended by one line feed' }),
  count: z.int().min(1),
  bytes: z.int().min(1),
  sha256: Sha256,
});

/** A file of the roster: 1,024 entries, the last one fewer; a complete subtree of the Merkle tree. */
export const RosterPart = SealFile.extend({
  first: z.strictObject({ acceptanceNo: AcceptanceNo, submittedAt: Instant, submissionId: SubmissionId }),
  root: Sha256,
});
export type RosterPart = z.output<typeof RosterPart>;

export const WithdrawalPart = SealFile;
export type WithdrawalPart = z.output<typeof WithdrawalPart>;

/** What is signed. Its canonical JSON is the manifest, the same bytes however often a seal is made again. */
export const SealManifest = z
  .strictObject({
    callId: CallId,
    number: SealNumber,
    through: Instant.meta({ description: 'All that was received before it is in this seal or in an earlier one' }),
    previousRoot: Sha256.optional().meta({ description: 'Root of the seal before this one' }),
    count: z.int().min(0).meta({ description: 'Entries of this seal' }),
    first: AcceptanceNo.optional(),
    last: AcceptanceNo.optional(),
    parts: z.array(RosterPart),
    withdrawals: z
      .strictObject({ count: z.int().min(1), parts: z.array(WithdrawalPart) })
      .optional()
      .meta({ description: 'Entries of earlier seals that were withdrawn since' }),
    root: Sha256,
    tree: z.string().meta({ description: 'How the root follows from the lines of the roster' }),
  })
  .meta({ id: 'SealManifest' });
export type SealManifest = z.output<typeof SealManifest>;

/** That a receipt is in a seal: from its line and the hashes beside it the root of the manifest can be computed. */
export const Membership = z
  .strictObject({
    acceptanceNo: AcceptanceNo,
    seal: z.strictObject({ number: SealNumber, root: Sha256, count: z.int(), sealedAt: Instant }),
    leaf: z.strictObject({
      index: z.int().min(0).meta({ description: 'Place in this seal, from 0 on' }),
      line: z.string().meta({ description: 'The line of the roster, without its line feed' }),
    }),
    path: z.array(Sha256).meta({ description: 'Audit path of RFC 6962, from the leaf up' }),
  })
  .meta({ id: 'Membership' });
export type Membership = z.output<typeof Membership>;

const SealSummary = z.object({
  number: SealNumber,
  through: Instant,
  sealedAt: Instant,
  root: Sha256,
  count: z.int().meta({ description: 'Entries of this seal' }),
  withdrawn: z.int().meta({ description: 'Entries of earlier seals that were withdrawn since' }),
});

const sealParams = z.object({ callId: CallId, number: z.coerce.number().pipe(SealNumber) });

export const listSeals = operation({
  method: 'GET',
  path: '/calls/{callId}/seals',
  status: 200,
  access: 'anyone',
  summary: 'The seals of a call with their roots: what closing it made, and each reopening since',
  params: z.object({ callId: CallId }),
  reply: z.object({ items: z.array(SealSummary) }),
  refusals: ['NOT_FOUND'],
});

export const getSeal = operation({
  method: 'GET',
  path: '/calls/{callId}/seals/{number}',
  status: 200,
  access: 'anyone',
  summary: 'The manifest of a seal and its signature: what `npm run verify-receipt` checks a receipt against',
  params: sealParams,
  reply: z
    .object({
      manifest: SealManifest,
      signature: z.string().meta({
        description:
          "JWS (ES256, typ shenbao-seal+jwt; keys at /.well-known/jwks.json) of the manifest's callId, number, through, count and root, and of the SHA-256 of its canonical JSON (RFC 8785)",
      }),
    })
    .meta({ id: 'SignedManifest' }),
  refusals: ['NOT_FOUND'],
});

const SealFileLink = z.object({ name: z.string(), count: z.int(), bytes: z.int(), sha256: Sha256, url: z.url() });

export const getSealRoster = operation({
  method: 'GET',
  path: '/calls/{callId}/seals/{number}/roster',
  status: 200,
  access: 'signedIn',
  summary: 'Where the files of a seal can be fetched for a few minutes: for officers of the organiser',
  params: sealParams,
  reply: z.object({ parts: z.array(SealFileLink), withdrawals: z.array(SealFileLink), expiresAt: Instant }),
  refusals: ['NOT_FOUND'],
});
