import * as contract from '#shared/contract/accounts.ts';
import { type AccountPorts, accountOf, changeableAccount } from '#shared/domain/organization/accounts.ts';
import { handle } from '#shared/http/handle.ts';
import type { UserDirectory } from '#shared/identity/user-directory.ts';
import { generateInitialPassword } from '#shared/runtime/initial-password.ts';

export type Dependencies = AccountPorts<Pick<UserDirectory, 'find' | 'setInitialPassword'>>;

export const resetAccount = (ports: Dependencies) =>
  handle(contract.resetAccount, async ({ params, actor }) => {
    const { directory, person, member } = await changeableAccount(ports, params, actor.subject);
    const initialPassword = generateInitialPassword();
    await directory.setInitialPassword(person, initialPassword);
    return { body: { ...accountOf({ ...person, state: 'initialPassword' }, member), initialPassword } };
  });
