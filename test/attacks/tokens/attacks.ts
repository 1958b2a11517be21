import type { KeyObject } from 'node:crypto';
import { generateKeyPairSync } from 'node:crypto';
import {
  AUDIENCE,
  claims,
  HEADER,
  type Issuer,
  inSeconds,
  KID,
  signed,
  signedByCurve,
  signedByPss,
  signedByPublicKey,
  unsigned,
} from './make-tokens.ts';

/** A request by somebody who is to be kept out. */
export interface Attack {
  readonly name: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Without the question mark. */
  readonly query?: string;
}

const raw = (json: string): string => Buffer.from(json).toString('base64url');

const withPart = (token: string, place: number, change: (part: string) => string): string =>
  token
    .split('.')
    .map((part, index) => (index === place ? change(part) : part))
    .join('.');

const flipped = (part: string): string => `${part.slice(0, 20)}${part[20] === 'A' ? 'B' : 'A'}${part.slice(21)}`;

const bearer = (name: string, token: string): Attack => ({ name, headers: { authorization: `Bearer ${token}` } });

const ODD_KIDS = [
  'no-such-key',
  '',
  '../../../../dev/null',
  '/dev/null',
  'file:///proc/self/environ',
  "x' UNION SELECT 'secret' --",
  '| sleep 5',
  '$(id)',
  '__proto__',
  'constructor',
  '0',
  `${KID}\u0000`,
  KID.toUpperCase(),
];

/** What the gateway itself has to refuse: 401 with its own body. */
export const atTheGateway = (issuer: Issuer): Attack[] => {
  const good = claims(issuer);
  const { privateKey, publicKey, attackersKey, attackersJwk, curveKey } = issuer;
  const own = (changed: Readonly<Record<string, unknown>>): string => signed(privateKey, claims(issuer, changed));
  const header = (changed: Readonly<Record<string, unknown>>, key: KeyObject = privateKey): string =>
    signed(key, good, { ...HEADER, ...changed });
  const token = signed(privateKey, good);
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey;
  const elsewhere = `${issuer.url}/attacker/keys`;
  const [head = '', body = '', signature = ''] = token.split('.');
  return [
    { name: 'no header' },
    { name: 'an empty header', headers: { authorization: '' } },
    { name: 'a scheme alone', headers: { authorization: 'Bearer' } },
    { name: 'a scheme and blanks', headers: { authorization: 'Bearer    ' } },
    { name: 'a token in the query alone', query: `access_token=${token}&authorization=Bearer%20${token}` },
    { name: 'a token in a cookie alone', headers: { cookie: `access_token=${token}; Authorization=${token}` } },
    { name: 'a token in another header', headers: { 'x-authorization': `Bearer ${token}`, 'x-amz-token': token } },
    { name: 'another scheme', headers: { authorization: `Basic ${token}` } },
    { name: 'the name of a scheme that begins alike', headers: { authorization: `BearerX ${token}` } },
    { name: 'basic credentials', headers: { authorization: 'Basic YWRtaW46YWRtaW4=' } },
    bearer('two tokens by a comma', `${token}, Bearer ${token}`),
    bearer('two tokens by a blank', `${token} ${token}`),
    bearer('the scheme twice', `Bearer ${token}`),
    bearer('quotes around it', `"${token}"`),
    bearer('a word', 'undefined'),
    bearer('two segments', `${head}.${body}`),
    bearer('four segments', `${token}.${signature}`),
    bearer('five segments, as of an encrypted one', `${head}.${body}.${signature}.${body}.${signature}`),
    bearer('empty segments', '..'),
    bearer('a header that is no JSON', `${raw('{')}.${body}.${signature}`),
    bearer('a header that is a list', `${raw('[]')}.${body}.${signature}`),
    bearer('a header that is null', `${raw('null')}.${body}.${signature}`),
    bearer('a body that is no JSON', signed(privateKey, raw('{"sub":'))),
    bearer('a body that is a list', signed(privateKey, [good])),
    bearer('a body that is null', signed(privateKey, raw('null'))),

    bearer('alg none without a signature', unsigned(good)),
    bearer('alg none with the signature of another', `${unsigned(good)}${signature}`),
    ...['None', 'NONE', 'nOnE', ''].map((alg) => bearer(`alg “${alg}”`, unsigned(good, { alg }))),
    bearer('no alg', unsigned(good, { alg: undefined })),
    bearer('a list of algs', header({ alg: ['RS256', 'none'] })),
    bearer('alg in lower case', header({ alg: 'rs256' })),
    bearer('HS256 by the public key as PEM', signedByPublicKey(publicKey, good)),
    bearer('HS256 by the public key as DER', signedByPublicKey(publicKey, good, { format: 'der' })),
    bearer('an HMAC that says RS256', signedByPublicKey(publicKey, good, { alg: 'RS256' })),
    bearer('PS256 by the right key', signedByPss(privateKey, good)),
    bearer('ES256 by a key of the issuer', signedByCurve(curveKey, good)),
    bearer('alg RS512 over a signature by RS256', header({ alg: 'RS512' })),
    bearer('alg RS256 under the kid of the curve', header({ kid: 'issuer-key-2' })),

    bearer('the key of an attacker under the right kid', header({}, attackersKey)),
    bearer('a key of 1,024 bits', header({}, small)),
    bearer('the attacker’s key as jwk', header({ jwk: attackersJwk }, attackersKey)),
    bearer('the attacker’s key as jwk without kid', header({ jwk: attackersJwk, kid: undefined }, attackersKey)),
    bearer('the attacker’s address as jku', header({ jku: elsewhere }, attackersKey)),
    bearer('the attacker’s address as x5u', header({ x5u: elsewhere }, attackersKey)),
    bearer('the attacker’s address as kid', header({ kid: elsewhere }, attackersKey)),
    bearer('the attacker’s key as x5c', header({ x5c: ['MIIB'] }, attackersKey)),
    bearer('a critical header nobody knows', header({ crit: ['exp2'], exp2: 1 })),
    bearer('no kid', header({ kid: undefined })),
    bearer('a kid that is a number', header({ kid: 1 })),
    bearer('a kid that is an object', header({ kid: { toString: KID } })),
    ...ODD_KIDS.map((kid) => bearer(`kid ${JSON.stringify(kid)}`, header({ kid }))),

    bearer('a signature changed', withPart(token, 2, flipped)),
    bearer(
      'a signature cut off',
      withPart(token, 2, (part) => part.slice(0, -4)),
    ),
    bearer('no signature', `${head}.${body}.`),
    bearer(
      'a signature of zeros',
      withPart(token, 2, () => Buffer.alloc(256).toString('base64url')),
    ),
    bearer(
      'another subject under the same signature',
      withPart(token, 1, () => raw(JSON.stringify({ ...good, sub: 'x' }))),
    ),
    bearer('a header of another token', `${unsigned(good).split('.')[0]}.${body}.${signature}`),
    bearer('half a token', token.slice(0, token.length / 2)),
    bearer('a token without its last character', token.slice(0, -1)),

    bearer('another audience', own({ aud: 'other-api' })),
    bearer('an audience in other case', own({ aud: AUDIENCE.toUpperCase() })),
    bearer('an audience that only begins so', own({ aud: `${AUDIENCE}.evil` })),
    bearer('audiences of others', own({ aud: ['other-api', 'third-api'] })),
    bearer('no audience in a list', own({ aud: [] })),
    bearer('no audience', own({ aud: undefined })),
    bearer('an audience that is an object', own({ aud: { [AUDIENCE]: true } })),
    bearer('another client_id and no audience', own({ aud: undefined, client_id: 'other-client' })),
    bearer('the right client_id beside another audience', own({ aud: 'other-api', client_id: AUDIENCE })),
    bearer('another issuer', own({ iss: 'https://issuer.example' })),
    bearer('the issuer with a slash more', own({ iss: `${issuer.url}/` })),
    bearer('the issuer as the beginning of another', own({ iss: `${issuer.url}.evil.example` })),
    bearer('issuers in a list', own({ iss: [issuer.url] })),
    bearer('no issuer', own({ iss: undefined })),
    bearer('expired', own({ exp: inSeconds(-1) })),
    bearer('expired long ago', own({ iat: 0, exp: 1 })),
    bearer('no expiry', own({ exp: undefined })),
    bearer('an expiry that is text', own({ exp: '9999999999' })),
    bearer('an expiry that is null', own({ exp: null })),
    bearer(
      'an expiry beyond all numbers',
      signed(privateKey, raw(JSON.stringify(good).replace(/"exp":\d+/, '"exp":"Infinity"'))),
    ),
    bearer('not valid yet', own({ nbf: inSeconds(120) })),
    bearer('a beginning that is text', own({ nbf: '0' })),
    bearer('issued in the future', own({ iat: inSeconds(120) })),
  ];
};

/** What passes the gateway, as documented, and our functions have to refuse: 401 ACCESS_TOKEN_REQUIRED. */
export const atTheFunction = (issuer: Issuer): Attack[] => {
  const own = (changed: Readonly<Record<string, unknown>>): string =>
    signed(issuer.privateKey, claims(issuer, changed));
  return [
    bearer('an ID token', own({ token_use: 'id', email: 'user@example.org' })),
    bearer('a token that does not say what it is for', own({ token_use: undefined })),
    bearer('what it is for in other case', own({ token_use: 'Access' })),
    bearer('two things that it is for', own({ token_use: ['access', 'id'] })),
    bearer('access as a key', own({ token_use: { access: true } })),
    bearer('no subject', own({ sub: undefined })),
    bearer('an empty subject', own({ sub: '' })),
    bearer('a subject that is null', own({ sub: null })),
    bearer('a subject longer than any can be', own({ sub: 'x'.repeat(256) })),
    bearer('a subject too long for a key', own({ sub: 'x'.repeat(3_000) })),
    bearer('a subject with half a character', own({ sub: 'user-\ud800' })),
    bearer('a subject with a control character', own({ sub: 'user-1\u0000officer' })),
    bearer('a subject in letters that look alike', own({ sub: 'usеr-1' })),
  ];
};

/** What passes, and as whom: the issuer signed it, so it is nobody's attack, but it must be one person and that one. */
export const passing = (issuer: Issuer): (Attack & { readonly subject: string })[] => {
  const { privateKey } = issuer;
  const good = claims(issuer);
  const token = signed(privateKey, good);
  const own = (sub: unknown): string => signed(privateKey, claims(issuer, { sub }));
  const twice = JSON.stringify(good).replace('{', '{"sub":"first",');
  return [
    { ...bearer('a good token', token), subject: 'user-1' },
    { name: 'without a scheme', headers: { authorization: token }, subject: 'user-1' },
    { name: 'the scheme in lower case', headers: { authorization: `bearer ${token}` }, subject: 'user-1' },
    { ...bearer('blanks before and after', `  ${token}  `), subject: 'user-1' },
    {
      ...bearer('a claim twice: the last one, as in API Gateway’s own JSON', signed(privateKey, raw(twice))),
      subject: 'user-1',
    },
    { ...bearer('separators in the subject', own('user#1/../officer')), subject: 'user#1/../officer' },
    { ...bearer('a subject that is a number', own(7)), subject: '7' },
    { ...bearer('a subject that is a list', own(['user-1', 'user-2'])), subject: '[user-1 user-2]' },
    { ...bearer('the longest subject', own('x'.repeat(255))), subject: 'x'.repeat(255) },
    {
      ...bearer(
        'a jku of the attacker over the issuer’s own signature',
        signed(privateKey, good, { ...HEADER, jku: `${issuer.url}/attacker/keys` }),
      ),
      subject: 'user-1',
    },
  ];
};
