import { afterEach, describe, expect, it, vi } from 'vitest';
import { serveGateway } from './serve-gateway.ts';

afterEach(() => {
  vi.useRealTimers();
});

const replyTo = async (result: unknown) => {
  const { url } = await serveGateway({ invoke: async () => result });
  return fetch(`${url}/a`);
};

const summary = async (response: Response) => [
  response.status,
  response.headers.get('content-type'),
  await response.text(),
];

describe('a result without a statusCode', () => {
  it.each([
    ['an object', { a: '申报' }, '{"a":"申报"}'],
    ['a list', [1, 2], '[1,2]'],
    ['a string', 'hello', 'hello'],
    ['nothing', undefined, 'null'],
  ])('is the JSON body of a 200: %s', async (_case, result, body) => {
    expect(await summary(await replyTo(result))).toEqual([200, 'application/json', body]);
  });
});

describe('a result with a statusCode', () => {
  it('sets status, headers and body', async () => {
    const headers = { 'Content-Type': 'application/problem+json', 'x-count': 3 };
    const response = await replyTo({ statusCode: 409, headers, body: '{}' });
    expect(response.headers.get('x-count')).toBe('3');
    expect(await summary(response)).toEqual([409, 'application/problem+json', '{}']);
  });

  it('is plain text where it names no type', async () => {
    expect(await summary(await replyTo({ statusCode: 201, body: 'made' }))).toEqual([
      201,
      'text/plain; charset=utf-8',
      'made',
    ]);
  });

  it('sends each cookie in a header of its own', async () => {
    const response = await replyTo({ statusCode: 200, cookies: ['a=1; Path=/', 'b=2'] });
    expect(response.headers.getSetCookie()).toEqual(['a=1; Path=/', 'b=2']);
  });

  it('sends base64 as the bytes it stands for', async () => {
    const bytes = Buffer.from([0, 255, 128, 10]);
    const response = await replyTo({ statusCode: 200, body: bytes.toString('base64'), isBase64Encoded: true });
    expect(Buffer.from(await response.arrayBuffer())).toEqual(bytes);
  });

  it('takes fields set to undefined for absent, as they do not survive JSON', async () => {
    const response = await replyTo({ statusCode: 200, headers: { etag: undefined }, body: undefined });
    expect([response.status, response.headers.get('etag'), await response.text()]).toEqual([200, null, '']);
  });

  it('sends no body with a 204', async () => {
    const response = await replyTo({ statusCode: 204, body: 'ignored' });
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([204, null, '']);
  });

  it('leaves length and request id to the gateway', async () => {
    const headers = { 'Content-Length': '999', 'apigw-requestid': 'mine', connection: 'close' };
    const response = await replyTo({ statusCode: 200, headers, body: 'abc' });
    expect(response.headers.get('content-length')).toBe('3');
    expect(response.headers.get('apigw-requestid')).not.toBe('mine');
  });
});

describe('the gateway answers 500', () => {
  const failure = [500, 'application/json', '{"message":"Internal Server Error"}'];

  it.each([
    ['a status that is no number', { statusCode: 'fine' }],
    ['a status in a string', { statusCode: '200' }],
    ['a status out of range', { statusCode: 99 }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['a header that is a list', { statusCode: 200, headers: { a: ['b'] } }],
    ['a header that would split the reply', { statusCode: 200, headers: { a: 'b\r\nc: d' } }],
    ['a cookie that would split the reply', { statusCode: 200, cookies: ['a=1\r\nb: c'] }],
  ])('for a malformed result: %s', async (_case, result) => {
    expect(await summary(await replyTo(result))).toEqual(failure);
  });

  it('when the function fails', async () => {
    const { url } = await serveGateway({ invoke: () => Promise.reject(new Error('out of memory')) });
    expect(await summary(await fetch(`${url}/a`))).toEqual(failure);
  });
});

it('answers 503 when the function takes 30 s, and not before', async () => {
  const invoked = Promise.withResolvers<void>();
  const { url } = await serveGateway({
    invoke: () => {
      invoked.resolve();
      return new Promise(() => {});
    },
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  let settled = false;
  const pending = fetch(`${url}/a`).finally(() => {
    settled = true;
  });
  await invoked.promise;
  vi.advanceTimersByTime(29_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect(settled).toBe(false);
  vi.advanceTimersByTime(1);
  expect(await summary(await pending)).toEqual([503, 'application/json', '{"message":"Service Unavailable"}']);
});

it('names every reply by a request id, refusals included', async () => {
  const { url } = await serveGateway({ routes: [] });
  const ids = await Promise.all([1, 2].map(async () => (await fetch(`${url}/a`)).headers.get('apigw-requestid')));
  expect(ids[0]).toMatch(/^[\w-]{15}=$/);
  expect(new Set(ids).size).toBe(2);
});
