import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { operation } from '#shared/contract/operation.ts';
import { Problem } from '#shared/contract/problem.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { Unavailable } from '#shared/domain/unavailable.ts';
import { handle } from '#shared/http/handle.ts';
import type { HttpEvent } from '#shared/http/operation-request.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';

const echo = operation({
  method: 'PUT',
  path: '/things/{id}',
  status: 200,
  access: 'signedIn',
  summary: 'Echo',
  params: z.object({ id: z.string().regex(/^[a-z]+$/) }),
  query: z.object({ limit: z.coerce.number().int().min(1).default(20) }),
  body: z.strictObject({ name: z.string().max(5), nested: z.unknown().optional() }),
  bodyFormats: ['json', 'yaml'],
  bodyLimit: 1_000,
  reply: z.object({ name: z.string(), subject: z.string(), receivedAt: z.number(), limit: z.number() }),
  refusals: [],
});

const handler = handle(echo, async ({ body, actor, receivedAt, query, bodyFormat, rawBody }) => ({
  body: {
    name: bodyFormat === 'yaml' ? rawBody : body.name,
    subject: actor.subject,
    receivedAt,
    limit: query.limit,
    secret: 'never declared in the reply',
  },
}));

const call = async (event: HttpEvent) => {
  const reply = await handler(event, lambdaContext());
  const body: unknown = JSON.parse(reply.body ?? 'null');
  return { status: reply.statusCode, headers: reply.headers ?? {}, body };
};
const put = (parts: Parameters<typeof httpEvent>[0]) =>
  call(httpEvent({ routeKey: 'PUT /things/{id}', pathParameters: { id: 'a' }, body: '{"name":"x"}', ...parts }));
const problem = async (parts: Parameters<typeof httpEvent>[0]) => {
  const reply = await put(parts);
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  return Problem.parse(reply.body);
};

describe('a handled operation', () => {
  it('hands over what was parsed, with the receipt time of the gateway, and replies no more than its schema declares', async () => {
    const reply = await put({ receivedAt: 1_647_000_000_123, query: { limit: '7' } });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ name: 'x', subject: 'user-1', receivedAt: 1_647_000_000_123, limit: 7 });
  });

  it('keeps replies out of caches, sniffers and frames, and what is linked from them from learning of it', async () => {
    expect((await put({})).headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
      'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    });
  });

  it('gives a YAML body as text, base64-encoded as the gateway sends it', async () => {
    const reply = await put({ headers: { 'content-type': 'application/yaml' }, body: Buffer.from('名: 值') });
    expect(reply.body).toMatchObject({ name: '名: 值' });
  });

  it('answers an id of the wrong form as one that is unknown', async () => {
    expect(await problem({ pathParameters: { id: '../x' } })).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });

  it.each([
    ['an ID token', { sub: 'user-1', token_use: 'id' }],
    ['a token of no declared use', { sub: 'user-1' }],
    ['a token without subject', { token_use: 'access' }],
  ])('refuses %s with 401', async (_, claims) => {
    expect(await problem({ claims: JSON.parse(JSON.stringify(claims)) })).toMatchObject({
      status: 401,
      code: 'ACCESS_TOKEN_REQUIRED',
    });
  });

  it.each([
    ['malformed JSON', '{"name":'],
    ['trailing text', '{"name":"x"} x'],
    ['duplicate keys', '{"name":"x","name":"x"}'],
    ['duplicate keys written differently', '{"name":"x","\\u006eame":"x"}'],
    ['__proto__', '{"__proto__":{"name":"x"}}'],
    ['an escaped __proto__', '{"name":"x","nested":{"\\u005f_proto__":1}}'],
    ['a depth bomb', `{"name":"x","nested":${'['.repeat(400)}${']'.repeat(400)}}`],
    ['a lone surrogate', '{"name":"\\ud800"}'],
    ['a number out of range', '{"name":"x","nested":1e999}'],
    ['an array for an object', '[]'],
    ['null', 'null'],
    ['invalid UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
    [
      'GBK that the gateway took for UTF-8',
      Buffer.from([0x7b, 0x22, 0x6e, 0x61, 0x6d, 0x65, 0x22, 0x3a, 0x22, 0xb3, 0xa3, 0x22, 0x7d]).toString(),
    ],
  ])('refuses %s with 400', async (_, body) => {
    expect(await problem({ body })).toMatchObject({ status: 400, code: 'INVALID_REQUEST' });
  });

  it.each([
    ['bytes that are none', Buffer.from([0x7b, 0xff, 0x7d])],
    ['what stands for such bytes', '{"name":"\ufffd"}'],
  ])('asks for UTF-8 where a body has %s', async (_, body) => {
    expect((await problem({ body })).errors).toMatchObject([
      { path: '', code: 'INVALID', message: expect.stringContaining('请以 UTF-8 编码重新发送') },
    ]);
  });

  it('tells null from missing and from a wrong type', async () => {
    const codesOf = async (body: string) => (await problem({ body })).errors.map(({ path, code }) => [path, code]);
    expect(await codesOf('{"name":null}')).toEqual([['name', 'NULL']]);
    expect(await codesOf('{}')).toEqual([['name', 'REQUIRED']]);
    expect(await codesOf('{"name":1}')).toEqual([['name', 'WRONG_TYPE']]);
  });

  it('lists a thousand faults at most, and cuts an unknown key that is long', async () => {
    const wide = handle(operation({ ...echo, bodyLimit: 100_000 }), async () => {
      throw new Error('the body is refused before');
    });
    const keys = Array.from({ length: 1_200 }, (_, index) => `"k${index}":1`);
    const event = httpEvent({
      pathParameters: { id: 'a' },
      body: `{"name":"x","${'k'.repeat(500)}":1,${keys.join(',')}}`,
    });
    const { errors } = Problem.parse(JSON.parse((await wide(event, lambdaContext())).body ?? ''));
    expect(errors).toHaveLength(1_000);
    expect(errors[0]?.path.length).toBeLessThan(70);
  });

  it('names what is wrong by path and never repeats the value', async () => {
    const refused = await problem({ body: '{"name":"geheimnis","extra":1}' });
    expect(refused.errors.map(({ path, code }) => ({ path, code }))).toEqual([
      { path: 'name', code: 'TOO_LONG' },
      { path: 'extra', code: 'UNKNOWN' },
    ]);
    expect(JSON.stringify(refused)).not.toContain('geheimnis');
  });

  it.each([
    ['no content type', { 'content-type': '' }],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['another charset', { 'content-type': 'application/json; charset=gbk' }],
    ['a compressed body', { 'content-encoding': 'gzip' }],
  ])('refuses %s with 415 and says what it takes', async (_, headers) => {
    const refused = await problem({ headers: JSON.parse(JSON.stringify(headers)) });
    expect(refused).toMatchObject({ status: 415, code: 'UNSUPPORTED_MEDIA_TYPE' });
    expect(refused.detail).toContain('application/json / application/yaml');
  });

  it('counts the limit in bytes: exactly 1,000 pass, one more is refused with 413', async () => {
    const padded = (bytes: number) => `{"name":"x"}${' '.repeat(bytes - 12)}`;
    expect((await put({ body: padded(1_000) })).status).toBe(200);
    expect(await problem({ body: padded(1_001) })).toMatchObject({ status: 413, code: 'PAYLOAD_TOO_LARGE' });
  });

  it('refuses a missing body, and a query it cannot read', async () => {
    expect(await problem({ body: '' })).toMatchObject({ status: 400, errors: [{ path: '', code: 'REQUIRED' }] });
    expect(await problem({ query: { limit: 'many' } })).toMatchObject({ status: 400, errors: [{ path: 'limit' }] });
  });

  it('never answers 500 to any text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.string({ unit: 'binary' }), fc.json(), fc.json({ stringUnit: 'binary' })),
        async (body) => {
          const reply = await put({ body });
          expect([200, 400, 413]).toContain(reply.status);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('what was thrown', () => {
  const throwing = (error: Error) =>
    handle(echo, async () => {
      throw error;
    });
  const answer = async (error: Error, headers: Record<string, string> = {}) => {
    const event = httpEvent({
      pathParameters: { id: 'a' },
      body: '{"name":"x"}',
      headers: { 'content-type': 'application/json', ...headers },
    });
    const reply = await throwing(error)(event, lambdaContext());
    return { headers: reply.headers ?? {}, body: Problem.parse(JSON.parse(reply.body ?? '')) };
  };

  it('tells a limit with its figures, in Chinese unless English is asked for', async () => {
    const error = new DomainError('LIMIT_REACHED', { params: { limit: 3, count: 3, scope: '本次申报' } });
    expect((await answer(error)).body).toMatchObject({ status: 409, limit: 3, count: 3, title: '已达申报数量上限' });
    expect((await answer(error)).body.detail).toContain('最多 3 项');
    const english = await answer(error, { 'accept-language': 'fr, en-GB;q=0.8, zh;q=0.5' });
    expect(english.body.title).toBe('The limit is reached');
    expect(english.headers['content-language']).toBe('en');
  });

  it('asks for a retry after a passing fault', async () => {
    expect(await answer(new Unavailable('busy', { retryAfterSeconds: 2 }))).toMatchObject({
      headers: { 'retry-after': '2' },
      body: { status: 503, code: 'UNAVAILABLE' },
    });
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    expect((await answer(throttled)).body.status).toBe(503);
  });

  it('keeps a fault of ours opaque', async () => {
    const { body } = await answer(new Error('password=hunter2'));
    expect(body).toMatchObject({ status: 500, code: 'INTERNAL', requestId: 'request-1', errors: [] });
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });
});
