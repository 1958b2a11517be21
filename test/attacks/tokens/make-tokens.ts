import { constants, createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import { exportJWK } from 'jose';
import { closeServer, listenOnLoopback } from '#infra/local/loopback-server.ts';

export const AUDIENCE = 'shenbao-api';
export const KID = 'issuer-key-1';

type Fields = Readonly<Record<string, unknown>>;

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An issuer whose keys the test holds, so that it can sign whatever it likes with them; and somebody who has keys of their own. */
export const startIssuer = async () => {
  const issuerKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const attackersKeys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const curveKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const rsa = { ...(await exportJWK(issuerKeys.publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const curve = { ...(await exportJWK(curveKeys.publicKey)), kid: 'issuer-key-2', alg: 'ES256', use: 'sig' };
  const attackersJwk = { ...(await exportJWK(attackersKeys.publicKey)), kid: KID, alg: 'RS256', use: 'sig' };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const own = `http://${request.headers.host}`;
    const isAttackers = request.url?.startsWith('/attacker') === true;
    const keys = isAttackers ? [attackersJwk] : [rsa, curve];
    const discovery = { issuer: own, jwks_uri: `${own}/keys` };
    response.end(JSON.stringify(request.url?.endsWith('openid-configuration') ? discovery : { keys }));
  });
  const url = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  return {
    url,
    /** Paths that were asked for. */
    asked,
    publicKey: issuerKeys.publicKey,
    privateKey: issuerKeys.privateKey,
    curveKey: curveKeys.privateKey,
    attackersKey: attackersKeys.privateKey,
    attackersJwk,
    close: () => closeServer(server),
  };
};
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

const now = (): number => Math.floor(Date.now() / 1_000);

/** Claims with which an access token passes; one set to undefined is absent. */
export const claims = ({ url }: Issuer, changed: Fields = {}): Fields => ({
  iss: url,
  aud: AUDIENCE,
  sub: 'user-1',
  token_use: 'access',
  iat: now(),
  exp: now() + 300,
  ...changed,
});

/** Seconds from now. */
export const inSeconds = (seconds: number): number => now() + seconds;

export const HEADER: Fields = { alg: 'RS256', typ: 'JWT', kid: KID };

/** A token signed by RS256, whatever its header says. */
export const signed = (key: KeyObject, payload: unknown, header: Fields = HEADER): string => {
  const input = `${encoded(header)}.${typeof payload === 'string' ? payload : encoded(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), key).toString('base64url')}`;
};

/** Signed by PSS with the same key. */
export const signedByPss = (key: KeyObject, payload: unknown): string => {
  const input = `${encoded({ ...HEADER, alg: 'PS256' })}.${encoded(payload)}`;
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  return `${input}.${sign('sha256', Buffer.from(input), { key, padding, saltLength: 32 }).toString('base64url')}`;
};

/** Signed by ES256 with the key the issuer publishes beside its RSA key. */
export const signedByCurve = (key: KeyObject, payload: unknown): string => {
  const input = `${encoded({ alg: 'ES256', kid: 'issuer-key-2' })}.${encoded(payload)}`;
  return `${input}.${sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
};

/** HMAC with what everybody can read: the issuer's public key, as PEM or as DER. */
export const signedByPublicKey = (
  key: KeyObject,
  payload: unknown,
  { format = 'pem', alg = 'HS256' }: { format?: 'pem' | 'der'; alg?: string } = {},
): string => {
  const secret =
    format === 'pem' ? key.export({ type: 'spki', format: 'pem' }) : key.export({ type: 'spki', format: 'der' });
  const input = `${encoded({ ...HEADER, alg })}.${encoded(payload)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};

export const unsigned = (payload: unknown, header: Fields = {}): string =>
  `${encoded({ ...HEADER, alg: 'none', ...header })}.${encoded(payload)}.`;
