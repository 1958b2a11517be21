import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';

const StoredMail = z.object({
  messageId: z.string(),
  /** ISO instant. */
  sentAt: z.string(),
  from: z.string(),
  to: z.array(z.string()),
  cc: z.array(z.string()),
  bcc: z.array(z.string()),
  replyTo: z.array(z.string()),
  subject: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  text: z.string().optional(),
  html: z.string().optional(),
});

/** A mail that was handed to SES. */
export type StoredMail = z.output<typeof StoredMail>;

/** The mails, a file each. */
export interface MailStore {
  add(mail: StoredMail): Promise<void>;
  /** The newest first. */
  list(): Promise<StoredMail[]>;
  find(messageId: string): Promise<StoredMail | undefined>;
}

const FILE = /^\d+-([0-9a-f]+)\.json$/;

/** @param directory made when missing */
export const openMailStore = async (directory: string): Promise<MailStore> => {
  await mkdir(directory, { recursive: true });
  const read = async (file: string): Promise<StoredMail> =>
    StoredMail.parse(JSON.parse(await readFile(join(directory, file), 'utf8')));
  const files = async (): Promise<string[]> => (await readdir(directory)).filter((name) => FILE.test(name));
  let latest = 0;

  return {
    add: async (mail) => {
      // Names are in order of sending, also of mails of the same millisecond.
      latest = Math.max(latest + 1, Date.parse(mail.sentAt) * 1_000);
      const file = join(directory, `${latest}-${mail.messageId}.json`);
      await writeFile(`${file}.new`, `${JSON.stringify(mail, null, 2)}\n`);
      await rename(`${file}.new`, file);
    },
    list: async () => Promise.all((await files()).sort().reverse().map(read)),
    find: async (messageId) => {
      const file = (await files()).find((name) => FILE.exec(name)?.[1] === messageId);
      return file === undefined ? undefined : read(file);
    },
  };
};
