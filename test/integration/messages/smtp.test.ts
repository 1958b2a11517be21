import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, expect, it } from 'vitest';
import { mailBody } from '#shared/messages/mail/mail-body.ts';
import { type Mail, MailDeferred } from '#shared/messages/mail/mailer.ts';
import { smtpMailer } from '#shared/messages/mail/smtp-mailer.ts';
import { selfSigned } from '#test/support/self-signed.ts';

const { key, cert } = selfSigned();
const servers: SMTPServer[] = [];

interface Taken {
  readonly recipients: readonly string[];
  readonly raw: string;
}

/** A mail server that keeps what it takes. */
const serve = async (options: SMTPServerOptions = {}) => {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    key,
    cert,
    authMethods: ['PLAIN'],
    onAuth: ({ username, password }, _session, done) =>
      username === 'shenbao' && password === 'secret' ? done(null, { user: username }) : done(new Error('no')),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        taken.push({
          recipients: envelope.rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString(),
        });
        done();
      });
    },
    ...options,
  });
  // A client that leaves is an error to the server, and what some of these tests are about.
  server.on('error', () => undefined);
  servers.push(server);
  const listening: { address(): AddressInfo | string | null } = server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const address = listening.address();
  if (address === null || typeof address === 'string') throw new Error('The mail server has no port');
  return { taken, port: address.port };
};

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => new Promise<void>((done) => server.close(() => done()))));
});

const mailer = (port: number, security: 'tls' | 'starttls', password = 'secret') =>
  smtpMailer({
    from: { address: 'noreply@shenbao.example', name: '申报系统' },
    host: '127.0.0.1',
    port,
    security,
    user: 'shenbao',
    password,
    authority: cert,
  });

const words = { unit: '甲学会', call: '常德市 2022', lead: '甲学会', category: '重点', at: '某时', receipt: '0123' };
const mail: Mail = {
  to: 'somebody@unit.example',
  id: 'abc',
  ...mailBody('submission.submitted', { zh: words, en: words }),
};

/** The text of a part, from either way that mail writes what is not ASCII. */
const decoded = (part: string): string => {
  const text = part.slice(part.indexOf('\r\n\r\n') + 4);
  if (/^Content-Transfer-Encoding: base64/im.test(part)) return Buffer.from(text, 'base64').toString();
  const bytes = text
    .replace(/=\r\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(bytes, 'latin1').toString();
};

const headersOf = (raw: string): string => raw.slice(0, raw.indexOf('\r\n\r\n'));

it.each(['tls', 'starttls'] as const)(
  'hands a mail over by %s, signed in, to one address, with its own id',
  async (security) => {
    const { taken, port } = await serve({ secure: security === 'tls' });
    await mailer(port, security)(mail);
    expect(taken).toHaveLength(1);
    expect(taken[0]?.recipients).toEqual(['somebody@unit.example']);
    const headers = headersOf(taken[0]?.raw ?? '');
    expect(headers).toMatch(/^Message-ID: <abc@shenbao\.example>$/im);
    expect(headers).toMatch(/^Auto-Submitted: auto-generated$/im);
    expect(headers).toMatch(/^From: =\?UTF-8\?.*<noreply@shenbao\.example>$/im);
    expect(headers).toMatch(/^Content-Type: multipart\/alternative/im);
  },
);

it('sends nothing in the clear, and nothing to a server with another certificate', async () => {
  const clear = await serve({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
  await expect(mailer(clear.port, 'starttls')(mail)).rejects.toThrow();
  const stranger = await serve({ secure: true, ...selfSigned() });
  await expect(mailer(stranger.port, 'tls')(mail)).rejects.toThrow();
  expect([...clear.taken, ...stranger.taken]).toEqual([]);
});

it('tells what is to be tried later from what is refused', async () => {
  const refuse = (responseCode: number): SMTPServerOptions => ({
    secure: true,
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })),
  });
  const busy = await serve(refuse(451));
  await expect(mailer(busy.port, 'tls')(mail)).rejects.toBeInstanceOf(MailDeferred);
  const refusing = await serve(refuse(550));
  await expect(mailer(refusing.port, 'tls')(mail)).rejects.not.toBeInstanceOf(MailDeferred);
  const { port } = await serve({ secure: true });
  await expect(mailer(port, 'tls', 'wrong')(mail)).rejects.not.toBeInstanceOf(MailDeferred);
});

it('lets no name begin a header, add a recipient or begin an element', async () => {
  const { taken, port } = await serve({ secure: true });
  const hostile = 'x\r\nBcc: victim@elsewhere.example\r\n\r\n<script>alert(1)</script>\u202e"&\u0000';
  const evil = { ...words, unit: hostile, call: hostile, lead: hostile, category: hostile };
  await mailer(port, 'tls')({ ...mail, ...mailBody('submission.submitted', { zh: evil, en: evil }) });
  const raw = taken[0]?.raw ?? '';
  expect(taken[0]?.recipients).toEqual(['somebody@unit.example']);
  expect(headersOf(raw)).not.toMatch(/^(Bcc|Cc):/im);
  const parts = raw
    .split(/^----.*$/m)
    .filter((part) => /^Content-Type: text\//im.test(part))
    .map(decoded);
  expect(parts).toHaveLength(2);
  expect(parts[1]).not.toContain('<script');
  expect(parts[1]).toContain('&lt;script&gt;');
});
