import { expect, it } from 'vitest';
import { exchange, openSocket, serveGateway } from './serve-gateway.ts';

const LIMIT = 10 * 1024 * 1024;
const TOO_LARGE = [413, 'application/json', '{"message":"Request Entity Too Large"}'];

const summary = async (response: Response) => [
  response.status,
  response.headers.get('content-type'),
  await response.text(),
];

const post = (url: string, body: Uint8Array<ArrayBuffer> | ReadableStream) =>
  fetch(`${url}/a`, { method: 'POST', body, duplex: 'half' });

it('passes a payload of exactly 10 MB', async () => {
  const { url, invocations } = await serveGateway();
  expect((await post(url, new Uint8Array(LIMIT))).status).toBe(200);
  expect(invocations[0]?.event.headers['content-length']).toBe(String(LIMIT));
});

it('refuses a payload declared one byte over 10 MB, and keeps serving', async () => {
  const { url, invocations } = await serveGateway();
  expect(await summary(await post(url, new Uint8Array(LIMIT + 1)))).toEqual(TOO_LARGE);
  expect(invocations).toEqual([]);
  expect((await fetch(`${url}/a`)).status).toBe(200);
});

it('refuses a payload of undeclared length as soon as it is over 10 MB, and serves the connection on', async () => {
  const { url, invocations } = await serveGateway();
  const socket = await openSocket(url);
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
  });
  socket.write('POST /a HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n');
  const size = LIMIT + 1;
  socket.write(`${size.toString(16)}\r\n${'x'.repeat(size)}\r\n0\r\n\r\n`);
  socket.write('GET /b HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  await new Promise((resolve) => socket.once('close', resolve));
  expect(received).toMatch(/^HTTP\/1\.1 413 [\s\S]*\{"message":"Request Entity Too Large"\}HTTP\/1\.1 200 /);
  expect(invocations.map(({ event }) => event.rawPath)).toEqual(['/b']);
});

it('lets a burst through, then refuses, then fills up at the rate', async () => {
  let time = 0;
  const { url } = await serveGateway({ throttle: { rateLimit: 2, burstLimit: 3 }, now: () => time });
  const statuses = async (count: number) => {
    const seen: number[] = [];
    for (let sent = 0; sent < count; sent += 1) seen.push((await fetch(`${url}/a`)).status);
    return seen;
  };
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
  time = 1_000;
  expect(await statuses(3)).toEqual([200, 200, 429]);
  expect(await summary(await fetch(`${url}/a`))).toEqual([429, 'application/json', '{"message":"Too Many Requests"}']);
  time = 60_000;
  expect(await statuses(4)).toEqual([200, 200, 200, 429]);
});

it('refuses request line and header values of over 10,240 bytes together', async () => {
  const { url } = await serveGateway();
  const line = 'GET /a HTTP/1.1';
  const send = (padding: number) =>
    exchange(url, `${line}\r\nhost: x\r\nx-pad: ${'p'.repeat(padding)}\r\nconnection: close\r\n\r\n`);
  const room = 10_240 - line.length - 'x'.length - 'close'.length;
  expect(await send(room)).toMatch(/^HTTP\/1\.1 200 /);
  expect(await send(room + 1)).toMatch(/^HTTP\/1\.1 431 [\s\S]*\{"message":"Request Header Fields Too Large"\}$/);
});
