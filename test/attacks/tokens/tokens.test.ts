import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Gateway, startGateway } from '#infra/local/gateway/start-gateway.ts';
import { getAccount } from '#shared/contract/account.ts';
import type { Operation } from '#shared/contract/operation.ts';
import { getProgress } from '#shared/contract/progress.ts';
import { withdrawSubmission } from '#shared/contract/submissions.ts';
import { submitSubmission } from '#shared/contract/submit.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import type { HttpEvent } from '#shared/http/operation-request.ts';
import { exchange } from '#test/integration/local-gateway/serve-gateway.ts';
import { lambdaContext } from '#test/support/http-event.ts';
import { type Attack, atTheFunction, atTheGateway, passing } from './attacks.ts';
import { AUDIENCE, type Issuer, startIssuer } from './make-tokens.ts';
import { CHECKS, skippingAuthorizer } from './skipping-authorizer.ts';

/** Operations of several kinds, each with a logic that notes who got through to it and nothing else. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  getAccount,
  getProgress,
  submitSubmission,
  withdrawSubmission,
};
const PATHS = [
  ['GET', '/account'],
  ['GET', '/calls/changde-2022/progress'],
  ['POST', `/submissions/${'0'.repeat(26)}/submit`],
  ['POST', `/submissions/${'0'.repeat(26)}/withdraw`],
] as const;

const SignedInEvent = z.custom<HttpEvent>(
  (event) => z.object({ requestContext: z.object({ authorizer: z.object({}) }) }).safeParse(event).success,
);

let issuer: Issuer;
let gateway: Gateway;
let subjects: string[] = [];
let invoked = 0;

beforeAll(async () => {
  issuer = await startIssuer();
  const handlers = new Map(
    Object.entries(OPERATIONS).map(([name, operation]) => [
      name,
      handle(operation, async ({ actor }) => {
        subjects.push(actor?.subject ?? '');
        throw new DomainError('NOT_FOUND');
      }),
    ]),
  );
  gateway = await startGateway({
    port: 0,
    routes: Object.entries(OPERATIONS).map(([functionName, { method, path }]) => ({
      ...{ routeKey: `${method} ${path}`, authorized: true, scopes: [], functionName },
    })),
    authorizer: { issuer: issuer.url, audience: [AUDIENCE] },
    throttle: { rateLimit: 10_000, burstLimit: 10_000 },
    invoke: async (functionName, event) => {
      invoked += 1;
      return handlers.get(functionName)?.(SignedInEvent.parse(event), lambdaContext());
    },
  });
});

afterAll(async () => {
  await gateway.close();
  await issuer.close();
});

/** Sends an attack to each of the operations. */
const send = async ({ headers = {}, query }: Attack) => {
  subjects = [];
  invoked = 0;
  const answers = [];
  for (const [method, path] of PATHS) {
    const response = await fetch(`${gateway.url}${path}${query === undefined ? '' : `?${query}`}`, { method, headers });
    const challenge = response.headers.get('www-authenticate');
    answers.push({ status: response.status, challenge, body: await response.text() });
  }
  return answers;
};

describe('the gateway answers 401 in its own words, and no function runs', () => {
  const isRefused = ({ status, challenge, body }: Awaited<ReturnType<typeof send>>[number]): boolean =>
    status === 401 && challenge?.startsWith('Bearer') === true && body === '{"message":"Unauthorized"}';

  it('whatever is sent as a token', async () => {
    const attacks = atTheGateway(issuer);
    expect(attacks.length).toBeGreaterThan(80);
    const gotIn: unknown[] = [];
    for (const attack of attacks) {
      const answers = await send(attack);
      if (!answers.every(isRefused) || invoked > 0) gotIn.push([attack.name, ...answers]);
    }
    expect(gotIn).toEqual([]);
  });

  it('and never asks an address that a token names', () => {
    expect(issuer.asked.filter((path) => path.startsWith('/attacker'))).toEqual([]);
  });

  it('to one of two Authorization headers that is not the first', async () => {
    const [, token = ''] = passing(issuer)[0]?.headers?.authorization?.split(' ') ?? [];
    const request = (...values: string[]): string =>
      [
        'GET /account HTTP/1.1',
        'host: localhost',
        ...values.map((value) => `authorization: ${value}`),
        'connection: close',
      ].join('\r\n');
    const reply = await exchange(gateway.url, `${request('Bearer nothing', `Bearer ${token}`)}\r\n\r\n`);
    expect(reply).toMatch(/^HTTP\/1\.1 401 /);
  });

  it('or 431 to a header beyond its 10,240 bytes', async () => {
    const answers = await send({ name: 'huge', headers: { authorization: `Bearer ${'a'.repeat(12_000)}` } });
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 431));
    expect(invoked).toBe(0);
  });
});

describe('our functions answer 401 ACCESS_TOKEN_REQUIRED to what the gateway lets through', () => {
  it('whatever is no access token of one person', async () => {
    const gotIn: unknown[] = [];
    for (const attack of atTheFunction(issuer)) {
      const answers = await send(attack);
      const isRefused = answers.every(
        ({ status, body }) => status === 401 && JSON.parse(body).code === 'ACCESS_TOKEN_REQUIRED',
      );
      if (!isRefused || subjects.length > 0) gotIn.push([attack.name, ...answers]);
    }
    expect(gotIn).toEqual([]);
  });
});

describe('what the issuer signed', () => {
  it('is one person, and that one, however it is sent', async () => {
    const seen: unknown[] = [];
    for (const attack of passing(issuer)) {
      const answers = await send(attack);
      seen.push([attack.name, ...answers.map(({ status }) => status), ...new Set(subjects)]);
    }
    expect(seen).toEqual(passing(issuer).map(({ name, subject }) => [name, ...PATHS.map(() => 404), subject]));
  });
});

describe('the attacks see', () => {
  it('nothing in an authorizer that checks all', () => {
    const authorize = skippingAuthorizer(issuer, undefined);
    const attacks = [...atTheGateway(issuer), ...atTheFunction(issuer)];
    expect(attacks.filter(authorize).map(({ name }) => name)).toEqual([]);
    expect(
      passing(issuer)
        .filter((attack) => attack.subject === 'user-1')
        .every(authorize),
    ).toBe(true);
  });

  it.each(CHECKS)('an authorizer that leaves out %s', (check) => {
    const authorize = skippingAuthorizer(issuer, check);
    const attacks = [...atTheGateway(issuer), ...atTheFunction(issuer)];
    expect(attacks.filter(authorize).length).toBeGreaterThan(0);
  });
});
