import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';

/** Stores bytes with their digest, as an upload does that the API gave the right to. @returns the version stored */
export const storeObject = async (
  { s3 }: { readonly s3: S3Client },
  target: { bucket: string; key: string; contentType: string },
  bytes: Uint8Array,
): Promise<string> => {
  const { bucket, key, contentType } = target;
  const { VersionId } = await s3.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: bytes,
      ContentType: contentType,
      ChecksumAlgorithm: 'SHA256',
    }),
  );
  if (VersionId === undefined) throw new Error(`The bucket ${bucket} keeps no versions.`);
  return VersionId;
};
