import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

interface DownloadTarget {
  readonly key: string;
  /** The pinned version; without it the newest. */
  readonly versionId?: string | undefined;
  /** The name it is saved under, as it was handed in. */
  readonly filename: string;
}

export interface DownloadPresigner {
  /** A short-lived address that saves the object under its original name and never shows it in a browser. `receivedAt` in ms. */
  presign(target: DownloadTarget, receivedAt: number): Promise<{ url: string; expiresAt: string }>;
}

const VALIDITY_SECONDS = 300;

/** RFC 8187: the name in UTF-8, percent-encoded, and an ASCII one for what cannot read it. */
export const attachmentDisposition = (filename: string): string => {
  const encoded = encodeURIComponent(filename.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  const [extension = ''] = /\.[A-Za-z0-9]{1,8}$/.exec(filename) ?? [];
  return `attachment; filename="download${extension}"; filename*=UTF-8''${encoded}`;
};

export const downloadPresigner = (client: S3Client, bucket: string): DownloadPresigner => ({
  async presign({ key, versionId, filename }, receivedAt) {
    const signingDate = Math.floor(receivedAt / 1_000) * 1_000;
    const url = await getSignedUrl(
      client,
      new GetObjectCommand({
        Bucket: bucket,
        Key: key,
        VersionId: versionId,
        ResponseContentDisposition: attachmentDisposition(filename),
      }),
      { signingDate: new Date(signingDate), expiresIn: VALIDITY_SECONDS },
    );
    return { url, expiresAt: new Date(signingDate + VALIDITY_SECONDS * 1_000).toISOString() };
  },
});
