import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as z from 'zod';
import { S3Error } from './s3-error.ts';

export const ChecksumAlgorithm = z.enum(['CRC32', 'SHA1', 'SHA256']);
export type ChecksumAlgorithm = z.infer<typeof ChecksumAlgorithm>;

export interface Checksum {
  algorithm: ChecksumAlgorithm;
  /** Base64 of the digest's bytes. */
  value: string;
}

const digestBytes = { CRC32: 4, SHA1: 20, SHA256: 32 } as const satisfies Record<ChecksumAlgorithm, number>;
/** Algorithms S3 knows and this one does not: Node has no code for them and no client of ours asks for them. */
const notImplemented = ['CRC32C', 'CRC64NVME', 'MD5', 'SHA512', 'XXHASH3', 'XXHASH64', 'XXHASH128'];

export const checksumHeader = (algorithm: ChecksumAlgorithm): string => `x-amz-checksum-${algorithm.toLowerCase()}`;

export interface Digest {
  update: (bytes: Uint8Array) => void;
  /** Base64; ends the digest. */
  finish: () => string;
}

/** A running checksum in one of S3's algorithms. */
export const startDigest = (algorithm: ChecksumAlgorithm): Digest => {
  if (algorithm === 'CRC32') {
    let state = 0;
    return {
      update: (bytes) => {
        state = crc32(bytes, state);
      },
      finish: () => {
        const bytes = Buffer.alloc(digestBytes.CRC32);
        bytes.writeUInt32BE(state);
        return bytes.toString('base64');
      },
    };
  }
  const hash = createHash(algorithm.toLowerCase());
  return { update: (bytes) => void hash.update(bytes), finish: () => hash.digest('base64') };
};

/** Reads an algorithm's name as it stands in a header or form field called `header`. */
export const readAlgorithm = (name: string, header: string): ChecksumAlgorithm => {
  const parsed = ChecksumAlgorithm.safeParse(name.toUpperCase());
  if (parsed.success) return parsed.data;
  if (notImplemented.includes(name.toUpperCase())) throw new S3Error('NotImplemented', { details: { Header: header } });
  throw new S3Error('InvalidRequest', { message: `Value for ${header} header is invalid.` });
};

export const readChecksum = (algorithm: ChecksumAlgorithm, value: string): Checksum => {
  const bytes = Buffer.from(value, 'base64');
  if (bytes.length !== digestBytes[algorithm] || bytes.toString('base64') !== value) {
    throw new S3Error('InvalidRequest', { message: `Value for ${checksumHeader(algorithm)} header is invalid.` });
  }
  return { algorithm, value };
};

/**
 * The one checksum a client declares among headers or form fields (by lower-case name), if any.
 * `algorithmHeader` is where it may name the algorithm besides.
 * @throws S3Error InvalidRequest for several, a malformed one, or an algorithm without a value.
 */
export const declaredChecksum = (
  names: Iterable<string>,
  read: (name: string) => string | undefined,
  algorithmHeader: string,
): Checksum | undefined => {
  const given = [...names].filter((name) => name.startsWith('x-amz-checksum-') && !nonValues.has(name));
  if (given.length > 1) {
    throw new S3Error('InvalidRequest', {
      message: 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.',
    });
  }
  const [header] = given;
  const named = read(algorithmHeader);
  const algorithm = named === undefined ? undefined : readAlgorithm(named, algorithmHeader);
  if (header === undefined) {
    if (algorithm === undefined) return undefined;
    throw new S3Error('InvalidRequest', {
      message: `${algorithmHeader} specified, but no corresponding x-amz-checksum-* or x-amz-trailer headers were found.`,
    });
  }
  const ofHeader = readAlgorithm(header.slice('x-amz-checksum-'.length), header);
  if (algorithm !== undefined && algorithm !== ofHeader) {
    throw new S3Error('InvalidRequest', { message: `Value for ${algorithmHeader} header is invalid.` });
  }
  return readChecksum(ofHeader, read(header) ?? '');
};

const nonValues = new Set(['x-amz-checksum-algorithm', 'x-amz-checksum-mode', 'x-amz-checksum-type']);

/** Refuses bytes whose checksum is not the declared one. */
export const matchChecksum = (declared: Checksum, computed: string): void => {
  if (declared.value === computed) return;
  throw new S3Error('BadDigest', {
    message: `The ${declared.algorithm} you specified did not match the calculated checksum.`,
  });
};
