import type { BucketStore, Commit, Received } from './bucket-store.ts';
import type { Checksum, ChecksumAlgorithm } from './checksums.ts';
import { S3Error } from './s3-error.ts';
import type { StoredObject } from './version-index.ts';

export interface Expectation {
  algorithms: ChecksumAlgorithm[];
  /** Bytes. */
  maximum: number;
  /** Refuses bytes that are not what was declared, and gives the checksum that was proven. */
  check: (received: Received) => Checksum | undefined;
}

export interface ProvenUpload {
  received: Received;
  checksum: Checksum | undefined;
}

/** Takes bytes in and has them checked; what is refused leaves nothing. */
export const takeUpload = async (
  bucket: BucketStore,
  source: AsyncIterable<Buffer>,
  { algorithms, maximum, check }: Expectation,
): Promise<ProvenUpload> => {
  const received = await bucket.receive(source, algorithms, maximum);
  try {
    return { received, checksum: check(received) };
  } catch (error) {
    await bucket.discard(received);
    throw error;
  }
};

/** Makes a proven upload an object, or leaves nothing. */
export const keepUpload = async (
  bucket: BucketStore,
  { received, checksum }: ProvenUpload,
  commit: Omit<Commit, 'checksum'>,
): Promise<StoredObject> => {
  try {
    return await bucket.commit(received, { ...commit, checksum });
  } catch (error) {
    await bucket.discard(received);
    throw error;
  }
};

/** Spares a client the upload when its outcome is known; what counts is the check when the object is entered. */
export const refusePresent = (bucket: BucketStore, key: string): void => {
  if (bucket.versions(key)[0]?.kind === 'object') {
    throw new S3Error('PreconditionFailed', { details: { Condition: 'If-None-Match' } });
  }
};
