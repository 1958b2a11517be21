import { describe, expect, it } from 'vitest';
import { operationsOf, RESOURCES } from '#infra/functions.ts';
import { startGateway } from '#infra/local/gateway/start-gateway.ts';

const ALL = RESOURCES.flatMap((resource) => operationsOf(resource));

/** How the routes are told who has to be signed in: as the contract says, or wrongly. */
type IsAuthorized = (id: string, access: 'anyone' | 'signedIn') => boolean;

/** Asks every operation without a token. @returns what each was answered, and which functions ran */
const askAll = async (isAuthorized: IsAuthorized) => {
  const invoked: string[] = [];
  const gateway = await startGateway({
    port: 0,
    routes: ALL.map(({ id, operation: { method, path, access } }) => ({
      ...{ routeKey: `${method} ${path}`, scopes: [], functionName: id },
      authorized: isAuthorized(id, access),
    })),
    authorizer: { issuer: 'http://127.0.0.1:1', audience: ['shenbao-api'] },
    throttle: { rateLimit: 1_000, burstLimit: 1_000 },
    invoke: async (functionName) => {
      invoked.push(functionName);
      return { statusCode: 200, body: 'ok' };
    },
  });
  try {
    const answers = await Promise.all(
      ALL.map(async ({ id, operation: { method, path } }) => {
        const url = `${gateway.url}${path.replaceAll(/\{\w+\}/g, 'x')}`;
        const response = await fetch(url, { method });
        const { status, headers } = response;
        return { id, status, challenge: headers.get('www-authenticate'), body: await response.text() };
      }),
    );
    return { answers, invoked };
  } finally {
    await gateway.close();
  }
};

const REFUSED = { status: 401, challenge: 'Bearer', body: '{"message":"Unauthorized"}' };

/** Operations that need a token and gave something without one, or ran. */
const letIn = async (isAuthorized: IsAuthorized): Promise<string[]> => {
  const { answers, invoked } = await askAll(isAuthorized);
  const refused = answers.filter(
    ({ status, challenge, body }) =>
      status === REFUSED.status && challenge === REFUSED.challenge && body === REFUSED.body,
  );
  const kept = new Set(refused.map(({ id }) => id).filter((id) => !invoked.includes(id)));
  return ALL.filter(({ id, operation }) => operation.access === 'signedIn' && !kept.has(id)).map(({ id }) => id);
};

describe('without a token', () => {
  it('every operation for those who are signed in is refused by the gateway, and its function never runs', async () => {
    expect(await letIn((_id, access) => access === 'signedIn')).toEqual([]);
  });

  it('what anyone may ask for is answered', async () => {
    const { invoked } = await askAll((_id, access) => access === 'signedIn');
    const open = ALL.filter(({ operation }) => operation.access === 'anyone').map(({ id }) => id);
    expect(invoked.sort()).toEqual(open.sort());
  });

  it('a route without its authorizer is seen', async () => {
    expect(await letIn((id, access) => access === 'signedIn' && id !== 'getProgress')).toEqual(['getProgress']);
  });
});
