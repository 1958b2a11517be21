import { randomUUID } from 'node:crypto';
import { importJWK, SignJWT } from 'jose';
import type { SigningKey } from './signing-key.ts';

/** Gives access tokens to people who have signed in. */
export interface AccessTokens {
  readonly lifetimeSeconds: number;
  issue(person: { name: string; subject: string }): Promise<string>;
}

/** Tokens of an issuer, signed by the key it publishes, with the claims of a Cognito access token and an audience. */
export const accessTokens = (
  signingKey: SigningKey,
  { issuer, audience, lifetimeSeconds }: { issuer: string; audience: string; lifetimeSeconds: number },
): AccessTokens => ({
  lifetimeSeconds,
  issue: async ({ name, subject }) =>
    new SignJWT({ token_use: 'access', client_id: audience, username: name })
      .setProtectedHeader({ alg: 'RS256', kid: signingKey.kid })
      .setIssuer(issuer)
      .setAudience(audience)
      .setSubject(subject)
      .setJti(randomUUID())
      .setIssuedAt()
      .setExpirationTime(`${lifetimeSeconds}s`)
      .sign(await importJWK(signingKey, 'RS256')),
});
