import { type DemoUser, type Identity, startIdentity } from '../identity/start-identity.ts';

export interface IssuerOptions {
  audience: string;
  users: readonly DemoUser[];
  /** Where the signing key is kept; in memory without it. */
  keyFile?: string;
  /** The issuer that the stack had before: its tokens name it. */
  previousIssuer?: string;
}

/** Starts the identity provider under the issuer it had before, so that tokens outlive a restart; under another one if that port is taken. */
export const startIssuer = async ({ previousIssuer, ...options }: IssuerOptions): Promise<Identity> => {
  if (previousIssuer === undefined) return startIdentity({ ...options, port: 0 });
  try {
    return await startIdentity({ ...options, port: Number(new URL(previousIssuer).port) });
  } catch {
    return startIdentity({ ...options, port: 0 });
  }
};
