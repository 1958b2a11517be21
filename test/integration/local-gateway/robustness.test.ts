import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { expect, it } from 'vitest';
import { CannotStart } from '#infra/local/cannot-start.ts';
import { startGateway } from '#infra/local/gateway/start-gateway.ts';
import { exchange, openRoute, openSocket, serveGateway } from './serve-gateway.ts';

const serves = async (url: string) => (await fetch(`${url}/alive`)).status === 200;

it.each(['/%', '/%zz', '/a/%E7%94', '/%FF', '/%00%'])('answers 400 for the path %s', async (path) => {
  const { url, invocations } = await serveGateway();
  const reply = await exchange(url, `GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  expect(reply).toMatch(/^HTTP\/1\.1 400 [\s\S]*\{"message":"Bad Request"\}$/);
  expect(invocations).toEqual([]);
  expect(await serves(url)).toBe(true);
});

it('answers 400 for a target that is no path', async () => {
  const { url } = await serveGateway();
  expect(await exchange(url, 'OPTIONS * HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /);
});

it.each([
  ['a header of 30 KB', `GET /a HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(30 * 1024)}\r\n\r\n`, 431],
  ['ten thousand headers', `GET /a HTTP/1.1\r\nhost: x\r\n${'x: y\r\n'.repeat(10_000)}\r\n`, 431],
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['two lengths', 'POST /a HTTP/1.1\r\nhost: x\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab', 400],
])('refuses %s and serves on', async (_case, request, status) => {
  const { url, invocations } = await serveGateway();
  expect(await exchange(url, request)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(invocations).toEqual([]);
  expect(await serves(url)).toBe(true);
});

it('cuts off a header of 1 MB and serves on', async () => {
  const { url, invocations } = await serveGateway();
  // The cut may overtake the refusal on its way to a client that is still sending.
  const reply = await exchange(url, `GET /a HTTP/1.1\r\nhost: x\r\nx: ${'y'.repeat(1024 * 1024)}\r\n\r\n`);
  expect(reply).toMatch(/^(HTTP\/1\.1 431 |$)/);
  expect(invocations).toEqual([]);
  expect(await serves(url)).toBe(true);
});

it('invokes nothing for a client that goes away before its body is complete', async () => {
  const { url, invocations } = await serveGateway();
  const socket = await openSocket(url);
  socket.write('POST /a HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 100\r\n\r\n');
  await once(socket, 'data');
  socket.write('half');
  socket.destroy();
  expect(await serves(url)).toBe(true);
  expect(invocations.map(({ event }) => event.rawPath)).toEqual(['/alive']);
});

it('survives a client that goes away while its function runs', async () => {
  const invoked = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<unknown>();
  const { url } = await serveGateway({
    routes: [openRoute('GET /slow'), openRoute('GET /alive')],
    invoke: async (_functionName, { rawPath }) => {
      if (rawPath === '/alive') return { statusCode: 200 };
      invoked.resolve();
      return finish.promise;
    },
  });
  const socket = await openSocket(url);
  socket.write('GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
  await invoked.promise;
  socket.destroy();
  finish.resolve({ statusCode: 200, body: 'x'.repeat(1_000_000) });
  expect(await serves(url)).toBe(true);
});

const OPTIONS = { port: 0, routes: [openRoute('GET /a')], throttle: { rateLimit: 10, burstLimit: 10 } };

it('closes at once though a keep-alive socket is open', async () => {
  const gateway = await startGateway({ ...OPTIONS, invoke: async () => 'ok' });
  const agent = new Agent({ keepAlive: true });
  const request = get(`${gateway.url}/a`, { agent });
  const [response] = await once(request, 'response');
  response.resume();
  await once(response, 'end');
  const began = performance.now();
  await gateway.close();
  expect(performance.now() - began).toBeLessThan(1_000);
  agent.destroy();
});

it('lets a request under way finish before it is closed', async () => {
  const invoked = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<unknown>();
  const gateway = await startGateway({
    ...OPTIONS,
    invoke: () => {
      invoked.resolve();
      return finish.promise;
    },
  });
  const pending = fetch(`${gateway.url}/a`);
  await invoked.promise;
  const closed = gateway.close();
  finish.resolve({ statusCode: 200, body: 'receipt' });
  expect(await (await pending).text()).toBe('receipt');
  await closed;
  await gateway.close();
  await expect(fetch(`${gateway.url}/a`)).rejects.toThrow();
});

it('says in one line which port is taken', async () => {
  const { url } = await serveGateway();
  const port = Number(new URL(url).port);
  await expect(serveGateway({ port })).rejects.toThrow(
    new CannotStart(`Port ${port} on 127.0.0.1 is taken: stop the program that uses it, or choose another port.`),
  );
});
