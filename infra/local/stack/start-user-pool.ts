import { type LocalCognito, startCognito } from '../cognito/start-cognito.ts';
import { addDemoUsers, openUserStore } from '../cognito/user-store.ts';
import { DEMO_SECRET } from '../identity/fetch-access-token.ts';
import type { Identity } from '../identity/start-identity.ts';
import { DEMO_MEMBERS } from '../seed/demo-people.ts';
import type { LocalUserPool } from '../template/local-model.ts';

/**
 * Serves the template's user pool, with the demo users in it.
 * @param usersFile kept between starts; in memory without it
 */
export const startUserPool = async (
  pool: LocalUserPool | undefined,
  { tokens }: Pick<Identity, 'tokens'>,
  usersFile: string | undefined,
): Promise<LocalCognito & { clientId: string }> => {
  if (pool === undefined) throw new Error('The local stage has no user pool: its identity is to be cognito.');
  const users = await openUserStore(usersFile);
  await addDemoUsers(users, DEMO_MEMBERS, DEMO_SECRET);
  return { ...(await startCognito({ port: 0, pool, users, tokens })), clientId: pool.clientId };
};
