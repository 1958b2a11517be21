import { type LookupAddress, lookup } from 'node:dns';
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { mayReach, type Reach } from './public-address.ts';
import { hostOf } from './webhook-url.ts';

/** From the first look-up of the name to the last byte of the answer's head, ms. */
const TIME_OUT_MS = 5_000;

/** What came of a POST. `forbidden-address`: the name leads to what is no public address; nothing was sent. */
export type Answer =
  | { readonly kind: 'answered'; readonly status: number }
  | { readonly kind: 'unreachable' | 'forbidden-address' | 'timed-out' };

class ForbiddenAddress extends Error {}

type Resolve = (host: string) => Promise<readonly LookupAddress[]>;

const resolveByDns: Resolve = (host) =>
  new Promise((resolve, reject) => {
    lookup(host, { all: true, verbatim: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });

/**
 * The look-up of a connection: every address that the name has must be one to reach, and what was checked is what is connected to. A name that leads elsewhere the
 * next time is looked up by nobody.
 */
const guardedLookup =
  (resolve: Resolve, reach: Reach): LookupFunction =>
  (host, options, done) => {
    resolve(host).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined || addresses.some(({ address }) => !mayReach(address, reach))) {
          done(new ForbiddenAddress(), '');
        } else if (options.all) done(null, [...addresses]);
        else done(null, first.address, first.family);
      },
      (error: NodeJS.ErrnoException) => done(error, ''),
    );
  };

export interface Posting {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export type Post = (posting: Posting) => Promise<Answer>;

/**
 * POSTs to an address that others chose. Nothing is sent to what is no public address, redirects are not followed, the answer's body is not read, and no
 * connection is kept.
 */
export const postTo =
  (reach: Reach, resolve: Resolve = resolveByDns, timeOutMs = TIME_OUT_MS): Post =>
  ({ url: text, headers, body }) => {
    const url = new URL(text);
    const host = hostOf(url);
    if (isIP(host) !== 0 && !mayReach(host, reach)) return Promise.resolve({ kind: 'forbidden-address' });
    const options: RequestOptions = {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
      lookup: guardedLookup(resolve, reach),
    };
    return new Promise((settle) => {
      const onAnswer = (answer: IncomingMessage): void => {
        settle({ kind: 'answered', status: answer.statusCode ?? 0 });
        answer.destroy();
      };
      const sent = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, options, onAnswer);
      const timer = setTimeout(() => {
        settle({ kind: 'timed-out' });
        sent.destroy();
      }, timeOutMs);
      sent.on('socket', (socket) => {
        socket.on('connect', () => {
          if (mayReach(socket.remoteAddress ?? '', reach)) return;
          settle({ kind: 'forbidden-address' });
          sent.destroy();
        });
      });
      sent.on('error', (error) =>
        settle({ kind: error instanceof ForbiddenAddress ? 'forbidden-address' : 'unreachable' }),
      );
      sent.on('close', () => clearTimeout(timer));
      sent.end(body);
    });
  };
