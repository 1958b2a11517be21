import { type LocalCognito, startCognito } from '#infra/local/cognito/start-cognito.ts';
import { openUserStore, type UserStore } from '#infra/local/cognito/user-store.ts';
import { accessTokens } from '#infra/local/identity/access-tokens.ts';
import { loadSigningKey } from '#infra/local/identity/signing-key.ts';
import type { LocalUserPool } from '#infra/local/template/local-model.ts';

/** As infra/stacks/identity.ts makes it; test/integration/local-machine/template.test.ts holds that. */
export const USER_POOL: LocalUserPool = {
  id: 'UserPool',
  clientId: 'UserPoolClient',
  attributes: ['email', 'custom:organiser'],
  passwordPolicy: { minimumLength: 12, lowercase: true, uppercase: true, digits: true, symbols: true, initialDays: 7 },
};

export interface ServedUserPool extends LocalCognito {
  readonly pool: LocalUserPool;
  readonly users: UserStore;
}

/** An empty user pool in memory that signs tokens by a key of its own. */
export const serveUserPool = async (now?: () => number): Promise<ServedUserPool> => {
  const users = await openUserStore();
  const tokens = accessTokens(await loadSigningKey(), {
    issuer: 'https://issuer.example.org',
    audience: USER_POOL.clientId,
    lifetimeSeconds: 3_600,
  });
  const served = await startCognito({ port: 0, pool: USER_POOL, users, tokens, ...(now === undefined ? {} : { now }) });
  return { ...served, pool: USER_POOL, users };
};
