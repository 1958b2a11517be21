import { createHash } from 'node:crypto';
import {
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';

/** Bytes of a read: what is in memory of each file that is merged. */
const CHUNK_BYTES = 256 * 1_024;

/** S3's answers to If-None-Match: there is such an object, or another request is writing it just now. */
const PRESENT = 412;
const CONFLICT = 409;

/** How often a write is tried that met another one of the same key. */
const ATTEMPTS = 5;

/** A file as it was written. */
export interface KnownFile {
  readonly key: string;
  readonly bytes: number;
  /** Lower-case hex. */
  readonly sha256: string;
}

const digestOf = (body: Uint8Array): Buffer => createHash('sha256').update(body).digest();

const statusOf = (error: unknown): number | undefined =>
  error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;

export type SealObjects = ReturnType<typeof sealObjects>;

/** Objects of seals in a versioned bucket. What is written once is never written again: S3 refuses it, whoever asks. */
export const sealObjects = (client: S3Client, bucket: string) => {
  /** Whether it was written; false where there is such an object. */
  const writeIfAbsent = async (key: string, body: Uint8Array, contentType: string): Promise<boolean> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body,
            ContentType: contentType,
            // Object Lock takes no upload without a checksum; and it is what a second writer compares with.
            ChecksumSHA256: digestOf(body).toString('base64'),
            IfNoneMatch: '*',
          }),
        );
        return true;
      } catch (error) {
        const status = statusOf(error);
        if (status === PRESENT) return false;
        if (status !== CONFLICT || attempt === ATTEMPTS) throw error;
      }
    }
  };

  const readRange = async (key: string, start: number, end: number): Promise<Uint8Array> => {
    const { Body } = await client.send(
      new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=${start}-${end - 1}` }),
    );
    if (Body === undefined) throw new Error(`The object ${key} has no bytes`);
    return Body.transformToByteArray();
  };

  async function* linesOfFile({ key, bytes, sha256 }: KnownFile): AsyncGenerator<string> {
    const digest = createHash('sha256');
    let rest = '';
    for (let start = 0; start < bytes; start += CHUNK_BYTES) {
      const chunk = await readRange(key, start, Math.min(start + CHUNK_BYTES, bytes));
      digest.update(chunk);
      // What a roster holds is ASCII, so no character is cut in two.
      const lines = (rest + Buffer.from(chunk).toString('latin1')).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
    if (rest !== '' || digest.digest('hex') !== sha256) throw new Error(`The object ${key} is not what was written`);
  }

  return {
    writeIfAbsent,

    /**
     * Writes a file that never changes. Where it is there already, its bytes must be these.
     *
     * @throws Error where they are not
     */
    async writeOnce(key: string, body: Uint8Array, contentType: string): Promise<void> {
      if (await writeIfAbsent(key, body, contentType)) return;
      const present = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key, ChecksumMode: 'ENABLED' }));
      if (present.ChecksumSHA256 !== digestOf(body).toString('base64'))
        throw new Error(`The object ${key} was written before, with other bytes`);
    },

    /** Undefined where there is none. */
    async read(key: string): Promise<Uint8Array | undefined> {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        return await Body?.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },

    /**
     * The lines of files one after the other, without their line feeds; a few hundred KB in memory, whatever their size.
     *
     * @throws Error behind the last line of a file whose bytes are not those of its digest
     */
    async *lines(files: readonly KnownFile[]): AsyncGenerator<string> {
      for (const file of files) yield* linesOfFile(file);
    },
  };
};
