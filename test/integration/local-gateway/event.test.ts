import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AccessLine } from '#infra/local/gateway/access-log.ts';
import { eventOf, exchange, openRoute, openSocket, serveGateway } from './serve-gateway.ts';

const RECEIVED_AT = Date.UTC(2026, 2, 9, 15, 59, 59, 999);

it('carries the whole of payload format 2.0', async () => {
  const { url, invocations } = await serveGateway({
    routes: [openRoute('POST /calls/{callId}')],
    now: () => RECEIVED_AT,
  });
  const response = await fetch(`${url}/calls/c%201?tag=a`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'user-agent': 'probe/1' },
    body: '{"a":"申报"}',
  });
  const host = new URL(url).host;
  expect(invocations[0]?.event).toEqual({
    version: '2.0',
    routeKey: 'POST /calls/{callId}',
    rawPath: '/calls/c 1',
    rawQueryString: 'tag=a',
    headers: expect.objectContaining({
      host,
      'content-length': '14',
      'content-type': 'application/json',
      'user-agent': 'probe/1',
      'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      'x-forwarded-for': '127.0.0.1',
    }),
    queryStringParameters: { tag: 'a' },
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: host,
      domainPrefix: '127',
      http: { method: 'POST', path: '/calls/c 1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'probe/1' },
      requestId: response.headers.get('apigw-requestid'),
      routeKey: 'POST /calls/{callId}',
      stage: '$default',
      time: '09/Mar/2026:15:59:59 +0000',
      timeEpoch: RECEIVED_AT,
    },
    body: '{"a":"申报"}',
    pathParameters: { callId: 'c 1' },
    isBase64Encoded: false,
  });
});

it('leaves out what is not there', async () => {
  const event = await eventOf('/calls', {}, 'GET /calls');
  expect(Object.keys(event).toSorted()).toEqual(
    ['headers', 'isBase64Encoded', 'rawPath', 'rawQueryString', 'requestContext', 'routeKey', 'version'].toSorted(),
  );
  expect(event).toMatchObject({ rawQueryString: '', isBase64Encoded: false, headers: { 'content-length': '0' } });
});

it('logs each request by its id with the time of receipt, refused ones too', async () => {
  let time = 1_000;
  const lines: AccessLine[] = [];
  const { url } = await serveGateway({
    routes: [openRoute('GET /calls')],
    now: () => time,
    logAccess: (line) => lines.push(line),
    invoke: async () => {
      time = 1_250;
      return { statusCode: 200, body: 'ok' };
    },
  });
  const served = await fetch(`${url}/calls`);
  const refused = await fetch(`${url}/nowhere`);
  expect(lines).toEqual([
    { requestId: served.headers.get('apigw-requestid'), receivedAt: 1_000, status: 200, milliseconds: 250 },
    { requestId: refused.headers.get('apigw-requestid'), receivedAt: 1_250, status: 404, milliseconds: 0 },
  ]);
});

it('takes the receipt time when the head is in, however late the body comes', async () => {
  let time = 1_000;
  const { url, invocations } = await serveGateway({ now: () => time });
  const socket = await openSocket(url);
  socket.write('POST /slow HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 2\r\n\r\n');
  await new Promise((resolve) => socket.once('data', resolve));
  time = 90_000;
  socket.write('ok');
  await new Promise((resolve) => socket.once('data', resolve));
  expect(invocations[0]?.event.requestContext).toMatchObject({ timeEpoch: 1_000, time: '01/Jan/1970:00:00:01 +0000' });
});

it('joins repeated headers with commas and lower-cases their names', async () => {
  const { url, invocations } = await serveGateway();
  await exchange(url, 'GET /a HTTP/1.1\r\nHost: x\r\nX-Tag: one\r\nx-tag: two\r\nConnection: close\r\n\r\n');
  expect(invocations[0]?.event.headers).toMatchObject({ host: 'x', 'x-tag': 'one,two' });
  expect(invocations[0]?.event.headers).not.toHaveProperty('connection');
});

it('moves cookies out of the headers', async () => {
  const event = await eventOf('/a', { headers: { cookie: 'a=1; b=2=3' } });
  expect(event.cookies).toEqual(['a=1', 'b=2=3']);
  expect(event.headers).not.toHaveProperty('cookie');
});

it('joins repeated query parameters with commas, decodes them and leaves the raw query alone', async () => {
  const event = await eventOf('/a?tag=x%2Cy&tag=z&q=%E7%94%B3+1&flag');
  expect(event.rawQueryString).toBe('tag=x%2Cy&tag=z&q=%E7%94%B3+1&flag');
  expect(event.queryStringParameters).toEqual({ tag: 'x,y,z', q: '申 1', flag: '' });
});

it('keeps a query parameter or header named __proto__ as plain data', async () => {
  const event = await eventOf('/a?__proto__=polluted', { headers: { ['__proto__']: 'polluted' } });
  expect(Object.entries(event.queryStringParameters ?? {})).toEqual([['__proto__', 'polluted']]);
  expect(Object.getPrototypeOf(event.headers)).toBe(Object.prototype);
});

it('survives percent-encoding in the query that cannot be decoded', async () => {
  const { url, invocations } = await serveGateway();
  await exchange(url, 'GET /a?q=%zz%FF HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  expect(invocations[0]?.event.queryStringParameters).toEqual({ q: '%zz\uFFFD' });
});

describe('a body', () => {
  const post = (body: string | Buffer, headers: Record<string, string>) =>
    eventOf('/a', { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers });

  it.each([
    'text/plain',
    'text/csv; charset=utf-8',
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/xml',
  ])('of %s arrives as a string', async (type) => {
    expect(await post('申报', { 'content-type': type })).toMatchObject({ body: '申报', isBase64Encoded: false });
  });

  it.each([
    'application/yaml',
    'application/octet-stream',
    'application/x-www-form-urlencoded',
    'application/problem+json',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ])('of %s arrives in base64', async (type) => {
    const body = Buffer.from('申报').toString('base64');
    expect(await post('申报', { 'content-type': type })).toMatchObject({ body, isBase64Encoded: true });
  });

  it('without a type arrives in base64', async () => {
    expect(await post('a', {})).toMatchObject({ body: 'YQ==', isBase64Encoded: true });
  });

  it('with a content-encoding arrives in base64, its bytes untouched', async () => {
    const zipped = gzipSync('{}');
    const event = await post(zipped, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    expect(event).toMatchObject({ body: zipped.toString('base64'), isBase64Encoded: true });
  });

  it('sent in chunks arrives whole, with its length', async () => {
    const { url, invocations } = await serveGateway();
    const head =
      'POST /a HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\nconnection: close';
    await exchange(url, `${head}\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n`);
    expect(invocations[0]?.event).toMatchObject({ body: 'abc', headers: { 'content-length': '3' } });
    expect(invocations[0]?.event.headers).not.toHaveProperty('transfer-encoding');
  });

  it('that is empty is absent', async () => {
    const event = await post('', { 'content-type': 'application/yaml' });
    expect(event).not.toHaveProperty('body');
    expect(event.isBase64Encoded).toBe(false);
  });
});
