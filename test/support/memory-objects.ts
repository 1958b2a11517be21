import type { StoredFile } from '#shared/domain/submission/prove-attachment.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { AttachmentObjects } from '#shared/storage/attachment-objects.ts';

/** A versioned bucket in memory, as attachments see it. */
export const memoryObjects = () => {
  const versions = new Map<string, StoredFile[]>();
  let lastVersion = 0;
  const removeBelow = async (prefix: string): Promise<number> => {
    const keys = [...versions.keys()].filter((key) => key.startsWith(prefix));
    for (const key of keys) versions.delete(key);
    return keys.length;
  };
  const objects: AttachmentObjects = {
    async inspect(key, versionId) {
      const stored = versions.get(key) ?? [];
      return versionId === undefined ? stored.at(-1) : stored.find((version) => version.versionId === versionId);
    },
    async removeVersion(key, versionId) {
      versions.set(
        key,
        (versions.get(key) ?? []).filter((version) => version.versionId !== versionId),
      );
    },
    removeAttachment: (submissionId, attachmentId) => removeBelow(attachmentObjectKey(submissionId, attachmentId)),
    removeSubmission: (submissionId) => removeBelow(`submissions/${submissionId}/`),
  };
  return {
    objects,
    /** Stores one more version and tells its id. */
    store(key: string, file: Omit<StoredFile, 'versionId'>): string {
      lastVersion += 1;
      const versionId = `version-${lastVersion}`;
      versions.set(key, [...(versions.get(key) ?? []), { ...file, versionId }]);
      return versionId;
    },
    versionsOf: (key: string): string[] => (versions.get(key) ?? []).map(({ versionId }) => versionId),
  };
};
