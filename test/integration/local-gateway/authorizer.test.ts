import { createPublicKey } from 'node:crypto';
import { createServer } from 'node:http';
import { SignJWT } from 'jose';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchAccessToken } from '#infra/local/identity/fetch-access-token.ts';
import { loadSigningKey } from '#infra/local/identity/signing-key.ts';
import { closeServer, listenOnLoopback } from '#infra/local/loopback-server.ts';
import { openRoute, serveGateway } from './serve-gateway.ts';
import { AUDIENCE, goodClaims, serveIdentity, serveIdentityWithKey, signToken } from './serve-identity.ts';

const ROUTES = [
  openRoute('GET /open'),
  { ...openRoute('GET /mine'), authorized: true },
  { ...openRoute('GET /scoped'), authorized: true, scopes: ['calls.read', 'calls.write'] },
];

const guard = (issuer: string, now?: () => number) =>
  serveGateway({ routes: ROUTES, authorizer: { issuer, audience: [AUDIENCE, 'other-api'] }, ...(now ? { now } : {}) });

/** A provider and a gateway that trusts it; `ask` sends a token and `sign` makes one. */
const guarded = async () => {
  const { issuer, key } = await serveIdentityWithKey();
  const { url, invocations } = await guard(issuer);
  const ask = (token: string, path = '/mine') =>
    fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const sign = (claims: object, header: object = {}) => signToken(key, { ...goodClaims(issuer), ...claims }, header);
  const authorizer = () => {
    const context = invocations.at(-1)?.event.requestContext;
    return context && 'authorizer' in context ? context.authorizer : undefined;
  };
  return { issuer, key, url, invocations, ask, sign, authorizer };
};

const summary = async (response: Response) => [
  response.status,
  response.headers.get('www-authenticate'),
  await response.text(),
];

const invalid = (description: string) => [
  401,
  `Bearer scope="" error="invalid_token" error_description="${description}"`,
  '{"message":"Unauthorized"}',
];

const time = () => Math.floor(Date.now() / 1000);

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a good token', () => {
  it('from the provider passes, its claims in the event as strings', async () => {
    const { issuer, ask, authorizer } = await guarded();
    const response = await ask(await fetchAccessToken(issuer, 'officer'));
    expect(response.status).toBe(200);
    expect(authorizer()).toEqual({
      jwt: {
        claims: {
          iss: issuer,
          sub: 'user-officer',
          aud: AUDIENCE,
          client_id: 'officer',
          token_use: 'access',
          jti: expect.any(String),
          iat: expect.stringMatching(/^\d+$/),
          exp: expect.stringMatching(/^\d+$/),
        },
        scopes: null,
      },
    });
  });

  it('passes without the Bearer prefix too', async () => {
    const { issuer, url } = await guarded();
    const authorization = await fetchAccessToken(issuer, 'officer');
    expect((await fetch(`${url}/mine`, { headers: { authorization } })).status).toBe(200);
  });

  it('has lists rendered as [a b], objects as JSON and nulls left out', async () => {
    const { ask, sign, authorizer } = await guarded();
    await ask(
      await sign({ groups: ['a', 'b'], verified: true, level: 1.5, address: { city: '常德' }, nickname: null }),
    );
    expect(authorizer()).toMatchObject({
      jwt: { claims: { groups: '[a b]', verified: 'true', level: '1.5', address: '{"city":"常德"}' } },
    });
    expect(authorizer()).not.toHaveProperty('jwt.claims.nickname');
  });

  it.each([
    ['one of several audiences', { aud: ['elsewhere', 'other-api'] }],
    ['no audience but a client_id among them', { aud: undefined, client_id: AUDIENCE }],
    ['an ID token, for all the gateway knows', { token_use: 'id' }],
    ['no time of issue', { iat: undefined }],
  ])('may have %s', async (_case, claims) => {
    const { ask, sign } = await guarded();
    expect((await ask(await sign(claims))).status).toBe(200);
  });

  it('is not asked for on an open route, and the event then names nobody', async () => {
    const { url, authorizer } = await guarded();
    expect((await fetch(`${url}/open`)).status).toBe(200);
    expect(authorizer()).toBeUndefined();
  });
});

describe('the gateway answers 401', () => {
  it.each([
    ['without the header', {}],
    ['for an empty one', { authorization: 'Bearer ' }],
  ])('%s, with a bare challenge', async (_case, headers) => {
    const { url, invocations } = await guarded();
    const response = await fetch(`${url}/mine`, { headers });
    expect(response.headers.get('content-type')).toBeNull();
    expect(await summary(response)).toEqual([401, 'Bearer', '{"message":"Unauthorized"}']);
    expect(invocations).toEqual([]);
  });

  it.each([
    ['garbage', 'garbage', 'token contains an invalid number of segments'],
    ['too many segments', 'a.b.c.d', 'token contains an invalid number of segments'],
    ['segments of garbage', '!.!.!', 'the token header cannot be decoded'],
    ['a header that is no object', `${encode([])}.e30.x`, 'the token header cannot be decoded'],
    ['basic credentials', 'Basic dTpw', 'token contains an invalid number of segments'],
  ])('for %s', async (_case, token, description) => {
    const { ask, invocations } = await guarded();
    expect(await summary(await ask(token))).toEqual(invalid(description));
    expect(invocations).toEqual([]);
  });

  it('for alg none', async () => {
    const { issuer, key, ask } = await guarded();
    const token = `${encode({ alg: 'none', kid: key.kid })}.${encode(goodClaims(issuer))}.`;
    expect(await summary(await ask(token))).toEqual(invalid('the token is not signed by RS256 with a kid'));
  });

  it('for HS256 keyed with the public key', async () => {
    const { issuer, key, ask } = await guarded();
    const { kty, n, e } = key;
    const pem = createPublicKey({ key: { kty, n, e }, format: 'jwk' }).export({ type: 'spki', format: 'pem' });
    const token = await new SignJWT(goodClaims(issuer))
      .setProtectedHeader({ alg: 'HS256', kid: key.kid })
      .sign(Buffer.from(pem));
    expect(await summary(await ask(token))).toEqual(invalid('the token is not signed by RS256 with a kid'));
  });

  it('for a token without kid', async () => {
    const { ask, sign } = await guarded();
    const token = await sign({}, { kid: undefined });
    expect(await summary(await ask(token))).toEqual(invalid('the token is not signed by RS256 with a kid'));
  });

  it.each([
    ['a wrong audience', { aud: 'elsewhere' }, 'the token does not have a valid audience'],
    [
      'a wrong audience beside a right client_id',
      { aud: 'x', client_id: AUDIENCE },
      'the token does not have a valid audience',
    ],
    ['no audience at all', { aud: undefined }, 'the token does not have a valid audience'],
    ['an audience that is a number', { aud: 7 }, 'the token claims cannot be read'],
    ['a wrong issuer', { iss: 'http://127.0.0.1:1' }, 'issuer does not match'],
    ['one expired this very second', { exp: time() }, 'the token has expired'],
    ['one that never expires', { exp: undefined }, 'the token claims cannot be read'],
    ['one not valid yet', { nbf: time() + 60 }, 'the token is not valid yet'],
    ['one from the future', { iat: time() + 60 }, 'the token was issued in the future'],
  ])('for %s', async (_case, claims, description) => {
    const { ask, sign, invocations } = await guarded();
    expect(await summary(await ask(await sign(claims)))).toEqual(invalid(description));
    expect(invocations).toEqual([]);
  });

  it('for an unknown kid', async () => {
    const { issuer, ask } = await guarded();
    const token = await signToken(await loadSigningKey(), goodClaims(issuer));
    expect(await summary(await ask(token))).toEqual(invalid('no key of the issuer has the kid'));
  });

  it("for a signature by another key under the issuer's kid", async () => {
    const { issuer, key, ask } = await guarded();
    const token = await signToken(await loadSigningKey(), goodClaims(issuer), { kid: key.kid });
    expect(await summary(await ask(token))).toEqual(invalid('the token signature is invalid'));
  });

  it('for claims altered after signing', async () => {
    const { issuer, ask, sign } = await guarded();
    const [header, , signature] = (await sign({})).split('.');
    const token = `${header}.${encode({ ...goodClaims(issuer), sub: 'somebody-else' })}.${signature}`;
    expect(await summary(await ask(token))).toEqual(invalid('the token signature is invalid'));
  });

  it('when the issuer does not answer, until it does', async () => {
    const first = await serveIdentity();
    const { port } = new URL(first.issuer);
    await first.close();
    const { url } = await guard(first.issuer);
    const key = await loadSigningKey();
    const ask = (token: string) => fetch(`${url}/mine`, { headers: { authorization: token } });
    const refused = await ask(await signToken(key, goodClaims(first.issuer)));
    expect(await summary(refused)).toEqual(invalid('OIDC discovery endpoint communication error'));
    await serveIdentity({ port: Number(port) });
    expect((await ask(await fetchAccessToken(first.issuer, 'officer'))).status).toBe(200);
  });
});

describe("a route's scopes", () => {
  it.each([
    ['scope', { scope: 'openid calls.write' }, ['openid', 'calls.write']],
    ['scp', { scp: ['calls.read'] }, ['calls.read']],
  ])('are met by one of them in %s', async (_name, claims, scopes) => {
    const { ask, sign, authorizer } = await guarded();
    expect((await ask(await sign(claims), '/scoped')).status).toBe(200);
    expect(authorizer()).toMatchObject({ jwt: { scopes } });
  });

  it.each([
    ['no scope', {}],
    ['other scopes', { scope: 'calls.readonly openid' }],
  ])('are missing with %s: 403', async (_case, claims) => {
    const { ask, sign, invocations } = await guarded();
    expect(await summary(await ask(await sign(claims), '/scoped'))).toEqual([
      403,
      'Bearer scope="calls.read calls.write" error="insufficient_scope"',
      '{"message":"Forbidden"}',
    ]);
    expect(invocations).toEqual([]);
  });
});

it('reads the time from its clock', async () => {
  const { issuer, key } = await serveIdentityWithKey();
  let shift = 0;
  const { url } = await guard(issuer, () => Date.now() + shift);
  const authorization = await signToken(key, goodClaims(issuer));
  expect((await fetch(`${url}/mine`, { headers: { authorization } })).status).toBe(200);
  shift = 61_000;
  expect((await fetch(`${url}/mine`, { headers: { authorization } })).status).toBe(401);
});

it('asks the issuer once for many tokens, and not again for each unknown kid', async () => {
  const key = await loadSigningKey();
  const { kty, n, e, kid, alg, use } = key;
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const discovery = { jwks_uri: `http://${request.headers.host}/keys` };
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [{ kty, n, e, kid, alg, use }] } : discovery));
  });
  const issuer = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
  onTestFinished(() => closeServer(server));
  const { url } = await guard(issuer);
  const ask = async (token: string) => (await fetch(`${url}/mine`, { headers: { authorization: token } })).status;
  const good = await signToken(key, goodClaims(issuer));
  expect(await Promise.all([good, good, good].map(ask))).toEqual([200, 200, 200]);
  const unknown = await signToken(key, goodClaims(issuer), { kid: 'unknown' });
  expect([await ask(unknown), await ask(unknown), await ask(good)]).toEqual([401, 401, 200]);
  expect(asked).toEqual(['/.well-known/openid-configuration', '/keys']);
});
