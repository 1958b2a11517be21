import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import type { DemoUser } from '../identity/start-identity.ts';
import { hashPassword, PasswordHash } from './password.ts';

const PoolUser = z.object({
  username: z.string(),
  subject: z.string(),
  password: PasswordHash,
  /** Ms after which an initial password is good no longer; absent for one that the person chose. */
  initialUntil: z.number().optional(),
  enabled: z.boolean(),
  attributes: z.record(z.string(), z.string()),
  createdAt: z.number(),
  modifiedAt: z.number(),
});
export type PoolUser = z.output<typeof PoolUser>;

/** The people of the user pool. */
export interface UserStore {
  /** By username in any case, or by subject, as Cognito takes both. */
  find(name: string): PoolUser | undefined;
  /** Makes or replaces the user of this username, and keeps it. */
  save(user: PoolUser): Promise<void>;
}

const readKept = async (file: string): Promise<PoolUser[]> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '[]';
    throw error;
  });
  try {
    return z.array(PoolUser).parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} holds no users: delete it, and the accounts made at run time are gone.`, { cause });
  }
};

/**
 * @param file kept between starts, for its owner's eyes only; in memory without it
 * @throws Error when the file holds something else
 */
export const openUserStore = async (file?: string): Promise<UserStore> => {
  const kept = file === undefined ? [] : await readKept(file);
  const users = new Map(kept.map((user) => [user.username, user]));
  let writing = Promise.resolve();
  const write = async (): Promise<void> => {
    if (file === undefined) return;
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, `${JSON.stringify([...users.values()], null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  return {
    find: (name) => users.get(name.toLowerCase()) ?? [...users.values()].find(({ subject }) => subject === name),
    save: async (user) => {
      users.set(user.username, user);
      // One after the other, so that the file is never older than what was acknowledged.
      writing = writing.then(write, write);
      await writing;
    },
  };
};

/** A user as AdminCreateUser makes one. */
export const newUser = async (
  { username, subject = randomUUID() }: { username: string; subject?: string },
  { password, initialUntil }: { password: string; initialUntil?: number },
  attributes: Record<string, string>,
): Promise<PoolUser> => {
  const at = Date.now();
  return {
    username: username.toLowerCase(),
    subject,
    password: await hashPassword(password),
    ...(initialUntil === undefined ? {} : { initialUntil }),
    enabled: true,
    attributes,
    createdAt: at,
    modifiedAt: at,
  };
};

/** Adds the demo users that are not there yet, as whoever runs a system adds the first people: no organiser made them. */
export const addDemoUsers = async (store: UserStore, users: readonly DemoUser[], password: string): Promise<void> => {
  for (const { name, subject } of users) {
    if (store.find(name) === undefined) await store.save(await newUser({ username: name, subject }, { password }, {}));
  }
};
