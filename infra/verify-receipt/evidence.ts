import * as z from 'zod';
import { checkReceipt } from '#shared/contract/check-receipt.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import { SealManifest } from '#shared/contract/seals.ts';
import { SigningKey } from '#shared/contract/signing-keys.ts';

/** A receipt as it was issued, and what the API adds to it. */
const ReceiptFile = z
  .looseObject({ ...Receipt.shape, jws: z.string().optional(), withdrawnAt: z.string().optional() })
  .transform(({ jws, withdrawnAt, ...issued }) => ({ kind: 'receipt' as const, issued, jws, withdrawnAt }));

const ConfirmationFile = checkReceipt.reply.transform((confirmation) => ({
  kind: 'confirmation' as const,
  ...confirmation,
}));

const ManifestFile = z
  .union([
    z.object({ manifest: SealManifest, signature: z.string() }),
    SealManifest.transform((manifest) => ({ manifest, signature: undefined })),
  ])
  .transform((signed) => ({ kind: 'manifest' as const, ...signed }));

const KeysFile = z.object({ keys: z.array(SigningKey) }).transform(({ keys }) => ({ kind: 'keys' as const, keys }));

/** What a file is follows from what is in it. */
const File = z.union([ReceiptFile, ConfirmationFile, ManifestFile, KeysFile]);
type File = z.output<typeof File>;

export interface Evidence {
  readonly receipt?: Extract<File, { kind: 'receipt' }>;
  readonly confirmation?: Extract<File, { kind: 'confirmation' }>;
  readonly manifest?: Extract<File, { kind: 'manifest' }>;
  readonly keys?: Extract<File, { kind: 'keys' }>;
}

/** A text as the evidence it is; undefined for what is none of it. */
export const evidenceIn = (text: string): Evidence | undefined => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const parsed = File.safeParse(json);
  return parsed.success ? { [parsed.data.kind]: parsed.data } : undefined;
};
