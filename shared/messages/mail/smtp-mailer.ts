import { createTransport } from 'nodemailer';
import * as z from 'zod';
import { AUTOMATIC, MailDeferred, type Mailer, type Sender } from './mailer.ts';

export interface SmtpSettings {
  readonly from: Sender;
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte, or a connection that is raised to it; none that is not. */
  readonly security: 'tls' | 'starttls';
  readonly user?: string | undefined;
  readonly password?: string | undefined;
  /** PEM of an authority to trust besides the known ones. */
  readonly authority?: string | undefined;
}

/** 4xx of SMTP: not now. 421 also closes the connection. */
const Refusal = z.object({ responseCode: z.int().min(400).max(499) });

/** Sends by a mail server. A connection for each mail: the instance is frozen between them. */
export const smtpMailer = ({ from, host, port, security, user, password, authority }: SmtpSettings): Mailer => {
  const transport = createTransport({
    host,
    port,
    secure: security === 'tls',
    requireTLS: security === 'starttls',
    ...(user !== undefined && password !== undefined && { auth: { user, pass: password } }),
    ...(authority !== undefined && { tls: { ca: authority } }),
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 15_000,
    // Nothing of a mail comes from a file or an address on the network.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = from.address.replace(/^.*@/, '');
  return async ({ to, id, subject, text, html }) => {
    try {
      await transport.sendMail({
        from: from.name === undefined ? from.address : { name: from.name, address: from.address },
        to,
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        headers: { [AUTOMATIC.name]: AUTOMATIC.value },
      });
    } catch (error) {
      if (Refusal.safeParse(error).success) throw new MailDeferred({ cause: error });
      throw error;
    }
  };
};
