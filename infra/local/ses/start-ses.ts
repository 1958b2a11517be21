import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { listPage, mailPage } from './mail-pages.ts';
import { openMailStore, type StoredMail } from './mail-store.ts';
import { readSendEmail } from './send-email.ts';
import { SesError } from './ses-error.ts';

export interface LocalSesOptions {
  /** 0 for any free one. */
  port: number;
  /** Where the mails are kept. */
  directory: string;
  /** The clock, in ms. */
  now?: () => number;
}

/** SES v2's API that serves, and pages of what was sent. */
export interface LocalSes {
  endpoint: string;
  /** Where a person reads the mails; with `.json` at its end a program does. */
  mailsUrl: string;
  close(): Promise<void>;
}

interface Reply {
  status?: number;
  headers: Record<string, string>;
  body: string;
}

/** Signed for this service, by an SDK; whose signature it is nobody asks on this machine. */
const SIGNED = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/ses\/aws4_request,/;

const json = (value: unknown): Reply => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** Nothing that a mail says may run, or load anything from elsewhere. */
const html = (body: string, policy: string): Reply => ({
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  },
  body,
});
const PAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'; frame-ancestors 'none'";
const MAIL_POLICY = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'";

const readInput = async (incoming: IncomingMessage): Promise<unknown> => {
  try {
    return JSON.parse((await buffer(incoming)).toString());
  } catch {
    throw new SesError('BadRequestException', 'The body is no JSON.');
  }
};

/**
 * Serves on 127.0.0.1 the one request of SES v2 that sends, and keeps the mails to be read at `/mails`; nothing leaves this machine.
 * @throws CannotStart when the port is taken
 */
export const startSes = async ({ port, directory, now = Date.now }: LocalSesOptions): Promise<LocalSes> => {
  const mails = await openMailStore(directory);

  const send = async (incoming: IncomingMessage): Promise<Reply> => {
    if (!SIGNED.test(incoming.headers.authorization ?? ''))
      throw new SesError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    const mail = readSendEmail(await readInput(incoming));
    const messageId = randomBytes(24).toString('hex');
    await mails.add({ messageId, sentAt: new Date(now()).toISOString(), ...mail });
    return json({ MessageId: messageId });
  };

  const findMail = async (messageId: string): Promise<StoredMail> => {
    const mail = await mails.find(messageId);
    if (mail === undefined) throw new SesError('NotFoundException', 'There is no such mail.');
    return mail;
  };

  const show = async (path: string): Promise<Reply> => {
    if (path === '/' || path === '/mails') return html(listPage(await mails.list()), PAGE_POLICY);
    if (path === '/mails.json') return json(await mails.list());
    const [, messageId = '', part] = /^\/mails\/([0-9a-f]+)(\/html|\.json)?$/.exec(path) ?? [];
    const mail = await findMail(messageId);
    if (part === '.json') return json(mail);
    return part === '/html' ? html(mail.html ?? '', MAIL_POLICY) : html(mailPage(mail), PAGE_POLICY);
  };

  const answer = async (incoming: IncomingMessage): Promise<Reply> => {
    const { pathname } = new URL(incoming.url ?? '', 'http://ses');
    try {
      if (incoming.method === 'POST' && pathname === '/v2/email/outbound-emails') return await send(incoming);
      if (incoming.method === 'GET') return await show(pathname);
      throw new SesError('NotFoundException', 'This machine does not have the operation asked for.');
    } catch (error) {
      if (!(error instanceof SesError)) {
        process.emitWarning(error instanceof Error ? error : String(error));
        return { ...json({ message: 'A fault of this machine.' }), status: 500 };
      }
      const { headers, body } = json({ message: error.message });
      return { status: error.status, headers: { ...headers, 'x-amzn-errortype': error.type }, body };
    }
  };

  const server = createServer(async (incoming, response) => {
    const { status = 200, headers, body } = await answer(incoming);
    response.writeHead(status, headers);
    response.end(body);
  });
  const endpoint = `http://127.0.0.1:${await listenOnLoopback(server, port)}`;
  return { endpoint, mailsUrl: `${endpoint}/mails`, close: () => closeServer(server) };
};
