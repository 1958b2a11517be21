import { createHash } from 'node:crypto';
import { Readable, Transform } from 'node:stream';
import { GetObjectCommand, NoSuchKey, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { attachmentObjectKey } from './attachment-keys.ts';

const isGone = (error: unknown): boolean =>
  error instanceof NoSuchKey || (error instanceof S3ServiceException && error.name === 'NoSuchVersion');

/** Passes bytes on and fails at the end where they are not those that were handed in. */
const proving = ({ attachmentId, sha256 }: Attachment): Transform => {
  const hash = createHash('sha256');
  return new Transform({
    transform(chunk: Uint8Array, _encoding, callback) {
      hash.update(chunk);
      callback(null, chunk);
    },
    flush(callback) {
      const isSame = hash.digest('hex') === sha256;
      callback(isSame ? null : new Error(`The bytes of attachment ${attachmentId} are not those that were proven`));
    },
  });
};

export type PinnedFiles = ReturnType<typeof pinnedFiles>;

/** Attachments as they were submitted: by the version that was pinned. */
export const pinnedFiles = (client: S3Client, bucket: string) => ({
  /** The bytes of an admitted attachment, proven on the way; undefined where its retention has ended and it was removed. */
  async open(submissionId: string, attachment: Attachment): Promise<Readable | undefined> {
    if (attachment.versionId === undefined) return undefined;
    try {
      const { Body } = await client.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: attachmentObjectKey(submissionId, attachment.attachmentId),
          VersionId: attachment.versionId,
        }),
      );
      if (!(Body instanceof Readable)) throw new Error('S3 answered without a stream');
      const proven = proving(attachment);
      // What goes wrong on the way is told to whoever reads.
      Body.on('error', (error) => proven.destroy(error));
      return Body.pipe(proven);
    } catch (error) {
      if (isGone(error)) return undefined;
      throw error;
    }
  },
});
