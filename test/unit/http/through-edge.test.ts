import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { site } from '#functions/site/site/site.ts';
import { operation } from '#shared/contract/operation.ts';
import { ORIGIN_SECRET_HEADER } from '#shared/contract/origin-secret.ts';
import { Problem } from '#shared/contract/problem.ts';
import { handle } from '#shared/http/handle.ts';
import type { HttpHandler } from '#shared/http/operation-request.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';

const NEW = 'b'.repeat(64);
const OLD = 'a'.repeat(64);

const ping = operation({
  method: 'GET',
  path: '/pings/{id}',
  status: 200,
  access: 'signedIn',
  summary: 'Ping',
  params: z.object({ id: z.string() }),
  reply: z.object({ reached: z.boolean() }),
  refusals: [],
});

const HANDLERS: Record<string, () => HttpHandler> = {
  'an operation': () => handle(ping, async () => ({ body: { reached: true } })),
  'the static answers': () => site({ openapi: '{}', callSchema: '{}', readSwaggerFile: () => '' }),
};

/** A handler of a function that starts with these secrets. */
const started = (make: () => HttpHandler, secrets?: string): HttpHandler => {
  vi.stubEnv('ORIGIN_SECRETS', secrets);
  return make();
};

const ask = async (handler: HttpHandler, headers: Record<string, string> = {}) => {
  const routeKey = 'GET /docs';
  return handler(httpEvent({ routeKey, pathParameters: { id: 'x' }, headers }), lambdaContext());
};

afterEach(() => vi.unstubAllEnvs());

describe.each(Object.entries(HANDLERS))('%s behind CloudFront', (_, make) => {
  it.each([
    ['the one that CloudFront sends', NEW],
    ['the one that it sent before', OLD],
  ])('answers who sends a secret: %s', async (_name, secret) => {
    const handler = started(make, `${NEW},${OLD}`);
    expect((await ask(handler, { [ORIGIN_SECRET_HEADER]: secret })).statusCode).toBe(200);
  });

  it.each<[string, Record<string, string>]>([
    ['no secret', {}],
    ['an empty one', { [ORIGIN_SECRET_HEADER]: '' }],
    ['another one', { [ORIGIN_SECRET_HEADER]: 'c'.repeat(64) }],
    ['the beginning of one', { [ORIGIN_SECRET_HEADER]: NEW.slice(0, -1) }],
    ['both at once', { [ORIGIN_SECRET_HEADER]: `${NEW},${OLD}` }],
  ])('refuses who sends %s with 421, and says where to ask', async (_name, headers) => {
    const reply = await ask(started(make, `${NEW},${OLD}`), { ...headers, 'accept-language': 'en' });
    expect(Problem.parse(JSON.parse(reply.body ?? ''))).toMatchObject({
      status: 421,
      code: 'NOT_AT_THIS_ADDRESS',
      detail: expect.stringContaining('published address'),
      requestId: 'request-1',
    });
    expect(reply.headers).toMatchObject({ 'cache-control': 'no-store' });
  });

  it('no longer takes a secret that was taken out', async () => {
    expect((await ask(started(make, NEW), { [ORIGIN_SECRET_HEADER]: OLD })).statusCode).toBe(421);
  });

  it('does not start with an empty or short secret, which anybody might send', () => {
    expect(() => started(make, '')).toThrow(/ORIGIN_SECRETS.*32 characters/);
    expect(() => started(make, `${NEW},`)).toThrow(/ORIGIN_SECRETS.*32 characters/);
  });

  it('asks for no secret where the stage has none', async () => {
    expect((await ask(started(make))).statusCode).toBe(200);
  });
});

it('refuses before anything is parsed: a broken request and a right one are told the same', async () => {
  const handler = started(() => handle(ping, async () => ({ body: { reached: true } })), NEW);
  const { statusCode } = await handler(httpEvent({ claims: {} }), lambdaContext());
  expect(statusCode).toBe(421);
});
