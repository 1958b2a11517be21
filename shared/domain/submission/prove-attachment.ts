import type { RefusalReason } from '#shared/contract/attachment-states.ts';
import { FILE_TYPES, type FileExtension, type FileFamily } from '#shared/contract/file-types.ts';
import { extensionOf } from './file-name.ts';
import type { DeclaredFile } from './submission.ts';

/** What the store says of the bytes it holds. */
export interface StoredFile {
  readonly versionId: string;
  /** Bytes. */
  readonly size: number;
  /** SHA-256 over the whole object, lower-case hex; absent where the store did not check one. */
  readonly sha256: string | undefined;
  /** What the first bytes show; absent where they show none of ours. */
  readonly family: FileFamily | undefined;
  /** When the store had it, ms; the store tells whole seconds. */
  readonly storedAt: number;
}

const isKnown = (extension: string): extension is FileExtension => Object.hasOwn(FILE_TYPES, extension);

/**
 * Proves stored bytes against what was announced: in time, of that size, with that digest, and of the family its name claims. .doc and .wps share a
 * container, as .docx and .zip do: the family is what can be told, the extension is kept as declared.
 *
 * @param closesAt deadline in force, ms: what the store had at or after it is not admitted.
 * @returns why it is refused, or undefined where it is admitted
 */
export const refusalOf = (declared: DeclaredFile, stored: StoredFile, closesAt: number): RefusalReason | undefined => {
  if (stored.storedAt >= closesAt) return 'TOO_LATE';
  if (stored.size !== declared.size) return 'SIZE_DIFFERS';
  if (stored.sha256 !== declared.sha256) return 'DIGEST_DIFFERS';
  const extension = extensionOf(declared.filename);
  if (!isKnown(extension) || stored.family !== FILE_TYPES[extension].family) return 'TYPE_DIFFERS';
  return undefined;
};
