import * as contract from '#shared/contract/accounts.ts';
import { type AccountPorts, accountOf, changeableAccount } from '#shared/domain/organization/accounts.ts';
import { handle } from '#shared/http/handle.ts';
import type { UserDirectory } from '#shared/identity/user-directory.ts';

export type Dependencies = AccountPorts<Pick<UserDirectory, 'find' | 'disable'>>;

export const disableAccount = (ports: Dependencies) =>
  handle(contract.disableAccount, async ({ params, actor }) => {
    const { directory, person, member } = await changeableAccount(ports, params, actor.subject);
    await directory.disable(person);
    return { body: accountOf({ ...person, enabled: false }, member) };
  });
