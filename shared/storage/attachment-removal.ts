import {
  DeleteObjectCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { attachmentObjectKey, submissionObjectPrefix } from './attachment-keys.ts';

export type AttachmentRemoval = ReturnType<typeof attachmentRemoval>;

/** Removes objects of attachments from a versioned bucket, for good. */
export const attachmentRemoval = (client: S3Client, bucket: string) => {
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
    removeVersion,

    /** Removes every version of an attachment's object. */
    removeAttachment: (submissionId: string, attachmentId: string): Promise<number> =>
      removeBelow(attachmentObjectKey(submissionId, attachmentId)),

    /** Removes every object of a submission in every version. */
    removeSubmission: (submissionId: string): Promise<number> => removeBelow(submissionObjectPrefix(submissionId)),
  };
};
