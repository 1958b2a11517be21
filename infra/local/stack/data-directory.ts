import { constants } from 'node:fs';
import { access, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CannotStart } from '../cannot-start.ts';
import { isServing, readStackRecord } from './stack-file.ts';

/** Where a stack puts what. */
export interface DataDirectory {
  /** Holds stack.json and the logs; what else it holds is kept too, unless the stack is fresh. */
  records: string;
  /** Objects. */
  s3: string;
  /** Mails. */
  mails: string;
  /** Absent: tables, queues, how far streams are read, keys and users in memory. */
  kept?: { dynamoDb: string; sqs: string; streamPositions: string; keyFile: string; users: string; kmsKeys: string };
  /** The issuer of the stack before, of kept data. */
  previousIssuer?: string;
  /** Removes what is not to be kept. */
  clear(): Promise<void>;
}

const temporaryFolder = (): Promise<string> => mkdtemp(join(tmpdir(), 'shenbao-'));

const claim = async (directory: string): Promise<void> => {
  try {
    await mkdir(directory, { recursive: true });
    await access(directory, constants.W_OK);
  } catch (cause) {
    throw new CannotStart(`${directory} cannot be written: give yourself the right to, or set DATA_DIR.`, { cause });
  }
  const other = readStackRecord(directory);
  if (other && (await isServing(other)))
    throw new CannotStart(
      `${directory} is used by the stack at ${other.url} (process ${other.pid}): stop it, or set DATA_DIR.`,
    );
};

/**
 * @param dataDir kept between starts; all is temporary without it
 * @param fresh keeps only stack.json and logs there
 * @throws CannotStart when it cannot be written or another stack uses it
 */
export const openDataDirectory = async (dataDir: string | undefined, fresh: boolean): Promise<DataDirectory> => {
  const records = dataDir === undefined ? undefined : resolve(dataDir);
  if (records !== undefined) await claim(records);
  if (records !== undefined && !fresh) {
    const previous = readStackRecord(records);
    return {
      records,
      s3: join(records, 's3'),
      mails: join(records, 'mails'),
      kept: {
        dynamoDb: join(records, 'dynamodb'),
        sqs: join(records, 'sqs'),
        streamPositions: join(records, 'stream-positions.json'),
        keyFile: join(records, 'signing-key.json'),
        users: join(records, 'users.json'),
        kmsKeys: join(records, 'kms-keys.json'),
      },
      ...(previous ? { previousIssuer: previous.issuer } : {}),
      clear: async () => undefined,
    };
  }
  const temporary = await temporaryFolder();
  return {
    records: records ?? temporary,
    s3: join(temporary, 's3'),
    mails: join(temporary, 'mails'),
    clear: () => rm(temporary, { recursive: true, force: true }),
  };
};
