import type { MailBody } from './mail-body.ts';

export interface Mail extends MailBody {
  /** An address of the format `email`, which has no room for a second one or a header. */
  readonly to: string;
  /** Names the mail: the same one sent again has the same. */
  readonly id: string;
}

/**
 * Hands a mail over to whoever delivers it.
 *
 * @throws MailDeferred where it is to be tried later, any other error where it was refused or nobody answered
 */
export type Mailer = (mail: Mail) => Promise<void>;

/** Mail is sent faster than is taken, or more of it a day: nothing is wrong with this one. */
export class MailDeferred extends Error {
  constructor(options: { cause: unknown }) {
    super('Mail is not taken just now', options);
    this.name = 'MailDeferred';
  }
}

export interface Sender {
  readonly address: string;
  readonly name?: string | undefined;
}

/** Said of every mail, so that no programs answer it (RFC 3834). */
export const AUTOMATIC = { name: 'Auto-Submitted', value: 'auto-generated' } as const;
