import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Checksum, type ChecksumAlgorithm, startDigest } from './checksums.ts';
import { startCollecting } from './dead-buffers.ts';
import { S3Error } from './s3-error.ts';
import { type DeleteMarker, type ObjectVersion, openVersionIndex, type StoredObject } from './version-index.ts';

/** Bytes that have arrived and are durable, but are no object yet. */
export interface Received {
  path: string;
  /** Bytes. */
  size: number;
  md5: Buffer;
  /** Base64, in the algorithms asked for. */
  checksums: Map<ChecksumAlgorithm, string>;
}

export interface Commit {
  key: string;
  headers: Record<string, string>;
  checksum: Checksum | undefined;
  /** `If-None-Match: *`: only if the key has no current object. */
  onlyIfAbsent: boolean;
}

export interface BucketStore {
  name: string;
  versioned: boolean;
  /** Streams bytes to disk. Reads its source to the end even past `maximum` (bytes), keeping nothing beyond it. */
  receive: (
    source: AsyncIterable<Buffer>,
    algorithms: Iterable<ChecksumAlgorithm>,
    maximum: number,
  ) => Promise<Received>;
  /** Makes received bytes the current version of a key. */
  commit: (received: Received, commit: Commit) => Promise<StoredObject>;
  /** Drops received bytes that will not become an object. */
  discard: (received: Received) => Promise<void>;
  versions: (key: string) => readonly ObjectVersion[];
  keys: () => string[];
  openData: (object: StoredObject) => Promise<FileHandle>;
  /** Puts a delete marker on a key of a versioned bucket. */
  mark: (key: string) => Promise<DeleteMarker>;
  /** Removes one version for good; undefined when there is no such version. */
  removeVersion: (key: string, versionId: string) => Promise<ObjectVersion | undefined>;
  close: () => Promise<void>;
}

/** What S3 calls the only version in a bucket without versions. */
export const NULL_VERSION = 'null';

const newVersionId = (): string => randomBytes(24).toString('base64url').replaceAll('-', '.');

const dropOrphans = async (directory: string, known: Set<string>): Promise<void> => {
  const names = await readdir(directory);
  await Promise.all(names.filter((name) => !known.has(name)).map((name) => rm(join(directory, name))));
};

const syncDirectory = async (path: string): Promise<void> => {
  const directory = await open(path, 'r');
  await directory.sync().finally(() => directory.close());
};

/**
 * Opens a bucket kept under `directory`: `index.jsonl` with all versions, `data/` with their bytes and `incoming/`
 * with uploads under way. Bytes become durable in `incoming/`, move to `data/`, and only then are entered in the
 * index; whatever a crash leaves in between is swept away here.
 */
export const openBucket = async (
  { name, versioned }: { name: string; versioned: boolean },
  directory: string,
  now: () => number,
): Promise<BucketStore> => {
  const [data, incoming] = [join(directory, 'data'), join(directory, 'incoming')];
  await mkdir(data, { recursive: true });
  await mkdir(incoming, { recursive: true });
  const index = await openVersionIndex(join(directory, 'index.jsonl'));
  const kept = index.keys().flatMap((key) => index.versions(key));
  await dropOrphans(incoming, new Set());
  await dropOrphans(data, new Set(kept.flatMap((version) => (version.kind === 'object' ? [version.dataId] : []))));

  let lastWrite: Promise<unknown> = Promise.resolve();
  const oneAtATime = <Result>(write: () => Promise<Result>): Promise<Result> => {
    const result = lastWrite.then(write);
    lastWrite = result.catch(() => undefined);
    return result;
  };

  const stamp = (key: string): Pick<ObjectVersion, 'key' | 'versionId' | 'lastModified' | 'sequence'> => ({
    key,
    versionId: versioned ? newVersionId() : NULL_VERSION,
    lastModified: now(),
    sequence: index.lastSequence() + 1,
  });

  const removeData = async (version: ObjectVersion | undefined): Promise<void> => {
    if (version?.kind === 'object') await rm(join(data, version.dataId), { force: true });
  };

  return {
    name,
    versioned,
    receive: async (source, algorithms, maximum) => {
      const path = join(incoming, randomUUID());
      const file = await open(path, 'wx');
      try {
        const md5 = createHash('md5');
        const digests = [...new Set(algorithms)].map((algorithm) => [algorithm, startDigest(algorithm)] as const);
        const doneWith = startCollecting();
        let size = 0;
        for await (const bytes of source) {
          size += bytes.length;
          doneWith(bytes.length);
          if (size > maximum) continue;
          md5.update(bytes);
          for (const [, digest] of digests) digest.update(bytes);
          await file.appendFile(bytes);
        }
        if (size > maximum) {
          throw new S3Error('EntityTooLarge', {
            details: { ProposedSize: String(size), MaxSizeAllowed: String(maximum) },
          });
        }
        await file.sync();
        await file.close();
        const checksums = new Map(digests.map(([algorithm, digest]) => [algorithm, digest.finish()]));
        return { path, size, md5: md5.digest(), checksums };
      } catch (error) {
        await file.close();
        await rm(path);
        throw error;
      }
    },
    discard: ({ path }) => rm(path, { force: true }),
    commit: (received, { key, headers, checksum, onlyIfAbsent }) =>
      oneAtATime(async () => {
        const [current] = index.versions(key);
        if (onlyIfAbsent && current?.kind === 'object') {
          throw new S3Error('PreconditionFailed', { details: { Condition: 'If-None-Match' } });
        }
        const dataId = randomUUID();
        const object: StoredObject = {
          kind: 'object',
          ...stamp(key),
          dataId,
          size: received.size,
          eTag: received.md5.toString('hex'),
          ...(checksum === undefined ? {} : { checksum }),
          headers,
        };
        await rename(received.path, join(data, dataId));
        await syncDirectory(data);
        await index.append({ add: object });
        if (!versioned) await removeData(current);
        return object;
      }),
    versions: index.versions,
    keys: index.keys,
    openData: ({ dataId }) => open(join(data, dataId), 'r'),
    mark: (key) =>
      oneAtATime(async () => {
        const marker: DeleteMarker = { kind: 'delete-marker', ...stamp(key) };
        await index.append({ add: marker });
        return marker;
      }),
    removeVersion: (key, versionId) =>
      oneAtATime(async () => {
        const version = index.versions(key).find((candidate) => candidate.versionId === versionId);
        if (version === undefined) return undefined;
        await index.append({ remove: { key, versionId } });
        await removeData(version);
        return version;
      }),
    close: async () => {
      await lastWrite;
      await index.close();
    },
  };
};
