import * as contract from '#shared/contract/accounts.ts';
import { type AccountPorts, accountOf, changeableAccount } from '#shared/domain/organization/accounts.ts';
import { handle } from '#shared/http/handle.ts';
import type { UserDirectory } from '#shared/identity/user-directory.ts';

export type Dependencies = AccountPorts<Pick<UserDirectory, 'find' | 'enable'>>;

export const enableAccount = (ports: Dependencies) =>
  handle(contract.enableAccount, async ({ params, actor }) => {
    const { directory, person, member } = await changeableAccount(ports, params, actor.subject);
    await directory.enable(person);
    return { body: accountOf({ ...person, enabled: true }, member) };
  });
