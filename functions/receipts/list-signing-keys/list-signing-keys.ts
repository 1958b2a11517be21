import * as contract from '#shared/contract/signing-keys.ts';
import { handle } from '#shared/http/handle.ts';
import type { Signer } from '#shared/signing/signer.ts';

export interface Dependencies {
  readonly signer: Pick<Signer, 'publicKeys'>;
}

/** Keys change with a deployment alone. Whoever meets one it does not know in a signature asks again, whatever it has kept. */
const ONE_HOUR = 'public, max-age=3600';

export const listSigningKeys = ({ signer }: Dependencies) =>
  handle(contract.listSigningKeys, async () => ({
    body: { keys: await signer.publicKeys() },
    headers: { 'cache-control': ONE_HOUR },
  }));
