import { expect, it } from 'vitest';
import { exchange, openRoute, serveGateway } from './serve-gateway.ts';

const ROUTES = [
  'GET /calls/{callId}',
  'GET /calls/open',
  'GET /calls/{callId}/versions/{version}',
  'POST /calls/{callId}/submissions',
  'GET /files/{path+}',
  'GET /files/{name}',
  'ANY /files/index',
  'POST /files/index',
].map(openRoute);

const routed = async (method: string, path: string) => {
  const { url, invocations } = await serveGateway({ routes: ROUTES });
  const response = await fetch(`${url}${path}`, { method });
  const [invocation] = invocations;
  return {
    status: response.status,
    functionName: invocation?.functionName,
    routeKey: invocation?.event.routeKey,
    pathParameters: invocation?.event.pathParameters,
  };
};

it.each([
  ['GET', '/calls/open', 'GET /calls/open', undefined],
  ['GET', '/calls/c-1', 'GET /calls/{callId}', { callId: 'c-1' }],
  ['GET', '/calls/open/versions/2', 'GET /calls/{callId}/versions/{version}', { callId: 'open', version: '2' }],
  ['GET', '/files/a', 'GET /files/{name}', { name: 'a' }],
  ['GET', '/files/a/b/c', 'GET /files/{path+}', { path: 'a/b/c' }],
  ['POST', '/files/index', 'POST /files/index', undefined],
  ['DELETE', '/files/index', 'ANY /files/index', undefined],
])('routes %s %s to %s', async (method, path, routeKey, pathParameters) => {
  expect(await routed(method, path)).toEqual({ status: 200, functionName: routeKey, routeKey, pathParameters });
});

it('decodes path parameters after cutting the segments, so that an encoded slash stays inside one', async () => {
  const { pathParameters } = await routed('GET', '/calls/%E7%94%B3%E6%8A%A5%2F1');
  expect(pathParameters).toEqual({ callId: '申报/1' });
});

it.each([
  ['an unknown path', 'GET', '/nowhere'],
  ['a known path with another method', 'DELETE', '/calls/c-1'],
  ['a trailing slash', 'GET', '/calls/open/versions/'],
  ['an empty segment', 'GET', '/calls//versions/1'],
  ['a greedy variable with nothing to catch', 'GET', '/files/'],
])('answers 404 for %s, and invokes nothing', async (_case, method, path) => {
  const { url, invocations } = await serveGateway({ routes: ROUTES });
  const response = await fetch(`${url}${path}`, { method });
  expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
    404,
    'application/json',
    '{"message":"Not Found"}',
  ]);
  expect(invocations).toEqual([]);
});

it('does not serve HEAD by a GET route', async () => {
  expect(await routed('HEAD', '/calls/open')).toMatchObject({ status: 404, functionName: undefined });
});

it('gives to $default what no other route matches', async () => {
  const { url, invocations } = await serveGateway({ routes: [openRoute('$default'), openRoute('GET /calls')] });
  await fetch(`${url}/calls`);
  await fetch(`${url}/elsewhere/deep`, { method: 'PATCH' });
  expect(invocations.map(({ event }) => event.routeKey)).toEqual(['GET /calls', '$default']);
});

it('takes the path of an absolute request target', async () => {
  const { url, invocations } = await serveGateway({ routes: ROUTES });
  const reply = await exchange(
    url,
    'GET http://x.example/calls/open?a=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n',
  );
  expect(reply).toMatch(/^HTTP\/1\.1 200 /);
  expect(invocations[0]?.event).toMatchObject({ rawPath: '/calls/open', rawQueryString: 'a=1' });
});

it('refuses to start with a malformed route key', async () => {
  await expect(serveGateway({ routes: [openRoute('GET calls')] })).rejects.toThrow('"GET calls"');
});

it('refuses to start with an authorized route and no authorizer', async () => {
  const routes = [{ ...openRoute('GET /calls'), authorized: true }];
  await expect(serveGateway({ routes })).rejects.toThrow('"GET /calls" needs an authorizer');
});
