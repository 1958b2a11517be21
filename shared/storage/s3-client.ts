import { S3Client } from '@aws-sdk/client-s3';

/**
 * One client per instance. Without WHEN_REQUIRED the SDK puts the CRC32 of an empty body into every presigned PUT, and S3 then refuses the file itself;
 * and it asks for checksums in every presigned GET.
 */
export const s3Client = (): S3Client =>
  new S3Client({ requestChecksumCalculation: 'WHEN_REQUIRED', responseChecksumValidation: 'WHEN_REQUIRED' });
