import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  NotFound,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { StoredFile } from '#shared/domain/submission/prove-attachment.ts';
import { familyOf, HEAD_BYTES } from './file-family.ts';

/** Everything of one submission. */
const prefixOf = (submissionId: string): string => `submissions/${submissionId}/`;

/** Keys are made of ids alone: names are people's, and may hold anything. */
export const attachmentObjectKey = (submissionId: string, attachmentId: string): string =>
  `${prefixOf(submissionId)}${attachmentId}`;

const KEY = /^submissions\/([0-9a-z]{26})\/([0-9a-z]{26})$/;

/** The ids in a key; undefined for a key that is none of ours. */
export const parseAttachmentObjectKey = (key: string): { submissionId: string; attachmentId: string } | undefined => {
  const [, submissionId, attachmentId] = KEY.exec(key) ?? [];
  return submissionId === undefined || attachmentId === undefined ? undefined : { submissionId, attachmentId };
};

export type AttachmentObjects = ReturnType<typeof attachmentObjects>;

/** Objects of attachments in a versioned bucket. */
export const attachmentObjects = (client: S3Client, bucket: string) => {
  const firstBytes = async (key: string, versionId: string): Promise<Uint8Array> => {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range: `bytes=0-${HEAD_BYTES - 1}` }),
    );
    return Body === undefined ? new Uint8Array() : Body.transformToByteArray();
  };

  async function* versionsBelow(prefix: string): AsyncGenerator<{ key: string; versionId: string }> {
    let page: ListObjectVersionsCommandOutput | undefined;
    do {
      page = await client.send(
        new ListObjectVersionsCommand({
          Bucket: bucket,
          Prefix: prefix,
          KeyMarker: page?.NextKeyMarker,
          VersionIdMarker: page?.NextVersionIdMarker,
        }),
      );
      for (const { Key, VersionId } of [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])])
        if (Key !== undefined && VersionId !== undefined) yield { key: Key, versionId: VersionId };
    } while (page.IsTruncated === true);
  }

  const removeVersion = async (key: string, versionId: string): Promise<void> => {
    await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }));
  };

  const removeBelow = async (prefix: string): Promise<number> => {
    let count = 0;
    for await (const version of versionsBelow(prefix)) {
      await removeVersion(version.key, version.versionId);
      count += 1;
    }
    return count;
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
        if (error instanceof NotFound) return undefined;
        throw error;
      }
    },

    removeVersion,

    /** Removes every version of an attachment's object, for good. */
    removeAttachment: (submissionId: string, attachmentId: string): Promise<number> =>
      removeBelow(attachmentObjectKey(submissionId, attachmentId)),

    /** Removes every object of a submission in every version, for good. */
    removeSubmission: (submissionId: string): Promise<number> => removeBelow(prefixOf(submissionId)),
  };
};
