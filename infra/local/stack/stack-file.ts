import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const StackRecord = z.object({
  pid: z.int(),
  url: z.url(),
  issuer: z.url(),
  region: z.string(),
  dynamoDbUrl: z.url(),
  s3Url: z.url(),
  cognitoUrl: z.url(),
  kmsUrl: z.url(),
  sqsUrl: z.url(),
  sesUrl: z.url(),
  /** Where a person reads the mails; with `.json` at its end a program does. */
  mailsUrl: z.url(),
  /** The app client that people sign in by. */
  userPoolClientId: z.string(),
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  /** Physical names by logical id. */
  tables: z.record(z.string(), z.string()),
  /** Names by logical id; those of an earlier version have none. */
  buckets: z.record(z.string(), z.string()).default({}),
  /** URLs by logical id, dead letters among them. */
  queues: z.record(z.string(), z.url()),
  functionLog: z.string(),
  /** Of the gateway: one line of JSON for each request. */
  accessLog: z.string(),
});

/** What others need to reach a running stack: written when it serves, into its data directory. */
export type StackRecord = z.output<typeof StackRecord>;

const fileIn = (dataDir: string): string => join(dataDir, 'stack.json');

/** The record of the stack that was started last with this data directory; it may have stopped since. */
export const readStackRecord = (dataDir: string): StackRecord | undefined => {
  try {
    return StackRecord.parse(JSON.parse(readFileSync(fileIn(dataDir), 'utf8')));
  } catch {
    return undefined;
  }
};

export const writeStackRecord = async (dataDir: string, record: StackRecord): Promise<void> => {
  await mkdir(dataDir, { recursive: true });
  const unfinished = `${fileIn(dataDir)}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, fileIn(dataDir));
};

/** Whether the stack of the record still serves. */
export const isServing = async ({ url }: StackRecord): Promise<boolean> => {
  try {
    const reply = await fetch(`${url}/calls?limit=1`, { signal: AbortSignal.timeout(2_000) });
    return reply.headers.has('apigw-requestid');
  } catch {
    return false;
  }
};
