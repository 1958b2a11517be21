import { HeadObjectCommand, NotFound, type S3Client } from '@aws-sdk/client-s3';
import type { Annex } from '#shared/domain/call/definition.ts';

/** By content: the same bytes of one call are one object, whatever they are called. */
export const annexKey = (callId: string, sha256: string): string => `annexes/${callId}/${sha256}`;

export interface AnnexStore {
  /** Whether the bytes the definition pins are in the bucket: its uploads were bound to their digest, so size is what is left to compare. */
  holds(callId: string, annex: Annex): Promise<boolean>;
}

export const annexStore = (client: S3Client, bucket: string): AnnexStore => ({
  async holds(callId, annex) {
    try {
      const { ContentLength } = await client.send(
        new HeadObjectCommand({ Bucket: bucket, Key: annexKey(callId, annex.sha256) }),
      );
      return ContentLength === annex.size;
    } catch (error) {
      if (error instanceof NotFound) return false;
      throw error;
    }
  },
});
