import { GetObjectCommand, HeadObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { StoredFile } from '#shared/domain/submission/prove-attachment.ts';
import { attachmentRemoval } from './attachment-removal.ts';
import { familyOf, HEAD_BYTES } from './file-family.ts';

/** A HEAD of what is not there answers NotFound; a GET, where it was removed in between, one of the others. */
const ABSENT = new Set(['NotFound', 'NoSuchKey', 'NoSuchVersion']);
const isAbsent = (error: unknown): boolean => error instanceof S3ServiceException && ABSENT.has(error.name);

export type AttachmentObjects = ReturnType<typeof attachmentObjects>;

/** Objects of attachments in a versioned bucket. */
export const attachmentObjects = (client: S3Client, bucket: string) => {
  const firstBytes = async (key: string, versionId: string): Promise<Uint8Array> => {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range: `bytes=0-${HEAD_BYTES - 1}` }),
    );
    return Body === undefined ? new Uint8Array() : Body.transformToByteArray();
  };

  return {
    /** What the store says of a version, the newest without `versionId`; undefined where there is none. */
    async inspect(key: string, versionId?: string): Promise<StoredFile | undefined> {
      try {
        const stored = await client.send(
          new HeadObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ChecksumMode: 'ENABLED' }),
        );
        if (stored.VersionId === undefined || stored.LastModified === undefined)
          throw new Error('The bucket of attachments must keep versions');
        return {
          versionId: stored.VersionId,
          size: stored.ContentLength ?? 0,
          sha256:
            stored.ChecksumSHA256 === undefined
              ? undefined
              : Buffer.from(stored.ChecksumSHA256, 'base64').toString('hex'),
          family: await familyOf(await firstBytes(key, stored.VersionId)),
          storedAt: stored.LastModified.getTime(),
        };
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },

    ...attachmentRemoval(client, bucket),
  };
};
