import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a receiver got it. */
export interface Delivered {
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** What a receiver answers with; `never`: nothing. */
export type Reaction = { readonly status: number; readonly location?: string } | 'never';

/** Whether a message is by who has the secret, as a receiver reads https://www.standardwebhooks.com: nothing of ours is used. */
export const isAuthentic = ({ headers, body }: Delivered, secret: string, now: number): boolean => {
  const one = (name: string): string => String(headers[name] ?? '');
  const [id, timestamp] = [one('webhook-id'), one('webhook-timestamp')];
  if (Math.abs(now / 1000 - Number(timestamp)) > 5 * 60) return false;
  const key = Buffer.from(secret.split('_')[1] ?? '', 'base64');
  const wanted = createHmac('sha256', key).update([id, timestamp, body].join('.')).digest();
  return one('webhook-signature')
    .split(' ')
    .map((each) => each.split(','))
    .some(([version, signature = '']) => {
      const given = Buffer.from(signature, 'base64');
      return version === 'v1' && given.length === wanted.length && timingSafeEqual(given, wanted);
    });
};

/** A receiver of webhooks on this machine. */
export const startReceiver = async (react: (delivered: Delivered) => Reaction = () => ({ status: 204 })) => {
  const delivered: Delivered[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { headers: request.headers, body: Buffer.concat(chunks).toString() };
      delivered.push(one);
      const reaction = react(one);
      if (reaction === 'never') return;
      response.writeHead(reaction.status, reaction.location === undefined ? {} : { location: reaction.location }).end();
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port');
  return {
    url: `http://127.0.0.1:${address.port}/events`,
    port: address.port,
    delivered,
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
};
