import { expect, it } from 'vitest';
import { openRoute, serveGateway } from './serve-gateway.ts';

const CORS = {
  allowOrigins: ['https://apply.example.cn'],
  allowMethods: ['GET', 'PUT'],
  allowHeaders: ['authorization', 'content-type', 'if-match'],
  exposeHeaders: ['etag'],
  maxAge: 600,
};

const ORIGIN = { origin: 'https://apply.example.cn' };

const corsOf = (response: Response) =>
  Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('access-control-')));

it('answers a preflight by itself, on any path', async () => {
  const { url, invocations } = await serveGateway({ cors: CORS });
  const headers = { ...ORIGIN, 'access-control-request-method': 'PUT', 'access-control-request-headers': 'if-match' };
  const response = await fetch(`${url}/a`, { method: 'OPTIONS', headers });
  expect(response.status).toBe(204);
  expect(corsOf(response)).toEqual({
    'access-control-allow-origin': 'https://apply.example.cn',
    'access-control-allow-methods': 'GET,PUT',
    'access-control-allow-headers': 'authorization,content-type,if-match',
    'access-control-expose-headers': 'etag',
    'access-control-max-age': '600',
  });
  expect(invocations).toEqual([]);
});

it('gives a preflight from another origin no permission', async () => {
  const { url } = await serveGateway({ cors: CORS });
  const headers = { origin: 'https://evil.example', 'access-control-request-method': 'PUT' };
  const response = await fetch(`${url}/a`, { method: 'OPTIONS', headers });
  expect([response.status, corsOf(response)]).toEqual([204, {}]);
});

it("adds its headers to a function's reply and drops those the function sends", async () => {
  const { url } = await serveGateway({
    cors: CORS,
    invoke: async () => ({
      statusCode: 200,
      headers: { 'Access-Control-Allow-Origin': '*', 'access-control-allow-private-network': 'true', etag: '"1"' },
    }),
  });
  const response = await fetch(`${url}/a`, { headers: ORIGIN });
  expect(response.headers.get('etag')).toBe('"1"');
  expect(corsOf(response)).toEqual({
    'access-control-allow-origin': 'https://apply.example.cn',
    'access-control-expose-headers': 'etag',
  });
});

it.each([
  ['for another origin', { origin: 'https://evil.example' }],
  ['without an origin', {}],
])('adds nothing %s', async (_case, headers) => {
  const { url } = await serveGateway({ cors: CORS });
  expect(corsOf(await fetch(`${url}/a`, { headers }))).toEqual({});
});

it('adds its headers to its own refusals', async () => {
  const { url } = await serveGateway({ cors: CORS, routes: [] });
  const response = await fetch(`${url}/a`, { headers: ORIGIN });
  expect(response.status).toBe(404);
  expect(corsOf(response)).toMatchObject({ 'access-control-allow-origin': 'https://apply.example.cn' });
});

it('allows any origin by * and origins by prefix', async () => {
  const any = await serveGateway({ cors: { ...CORS, allowOrigins: ['*'] } });
  const prefixed = await serveGateway({ cors: { ...CORS, allowOrigins: ['https://*'], allowCredentials: true } });
  expect(corsOf(await fetch(`${any.url}/a`, { headers: ORIGIN }))).toMatchObject({
    'access-control-allow-origin': '*',
  });
  expect(corsOf(await fetch(`${prefixed.url}/a`, { headers: ORIGIN }))).toMatchObject({
    'access-control-allow-origin': 'https://apply.example.cn',
    'access-control-allow-credentials': 'true',
  });
  expect(corsOf(await fetch(`${prefixed.url}/a`, { headers: { origin: 'http://apply.example.cn' } }))).toEqual({});
});

it("leaves a function's CORS headers and OPTIONS routes alone on an API without CORS settings", async () => {
  const { url, invocations } = await serveGateway({ routes: [openRoute('OPTIONS /a')] });
  const headers = { ...ORIGIN, 'access-control-request-method': 'PUT' };
  expect((await fetch(`${url}/a`, { method: 'OPTIONS', headers })).status).toBe(200);
  expect(invocations).toHaveLength(1);
});
