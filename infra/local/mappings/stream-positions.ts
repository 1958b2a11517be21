import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';

// By mapping, stream and shard: the last record that is settled.
const Positions = z.record(z.string(), z.string());

/** How far each mapping has read its stream. */
export interface StreamPositions {
  /** The sequence number of the last record settled; undefined before the first. */
  after(mapping: string, streamArn: string, shardId: string): string | undefined;
  settle(mapping: string, streamArn: string, shardId: string, sequenceNumber: string): Promise<void>;
}

const readKept = async (file: string): Promise<Map<string, string>> => {
  try {
    return new Map(Object.entries(Positions.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch {
    // The streams are read from their beginning then, which a job has to bear anyway.
    return new Map();
  }
};

/** @param file kept between starts; in memory without it */
export const openStreamPositions = async (file?: string): Promise<StreamPositions> => {
  const positions = file === undefined ? new Map<string, string>() : await readKept(file);
  const keyOf = (...parts: readonly string[]): string => parts.join(' ');
  let writing = Promise.resolve();

  const write = async (path: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(`${path}.new`, JSON.stringify(Object.fromEntries(positions)));
    await rename(`${path}.new`, path);
  };

  return {
    after: (...parts) => positions.get(keyOf(...parts)),
    settle: async (mapping, streamArn, shardId, sequenceNumber) => {
      positions.set(keyOf(mapping, streamArn, shardId), sequenceNumber);
      if (file === undefined) return;
      // One after the other: two at once would use the same unfinished file.
      writing = writing.then(() => write(file));
      await writing;
    },
  };
};
