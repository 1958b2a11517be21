import { type CompactVerifyGetKey, createRemoteJWKSet, errors, type RemoteJWKSet } from 'jose';
import * as z from 'zod';
import { TokenRefused } from './token-refused.ts';

// API Gateway's quota for the discovery and the JWKS endpoint, in ms.
const ENDPOINT_TIMEOUT = 1_500;
// "API Gateway can cache the public key for two hours": in ms.
const CACHE_AGE = 2 * 60 * 60 * 1_000;
// How often an unknown kid may make us ask the issuer again, in ms: a restarted local issuer has new keys.
const UNKNOWN_KEY_COOLDOWN = 3_000;

const DiscoveryDocument = z.object({ jwks_uri: z.url() });

const discoverKeySet = async (issuer: string): Promise<RemoteJWKSet> => {
  try {
    const document = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`, {
      signal: AbortSignal.timeout(ENDPOINT_TIMEOUT),
    });
    const { jwks_uri } = DiscoveryDocument.parse(await document.json());
    return createRemoteJWKSet(new URL(jwks_uri), {
      timeoutDuration: ENDPOINT_TIMEOUT,
      cacheMaxAge: CACHE_AGE,
      cooldownDuration: UNKNOWN_KEY_COOLDOWN,
    });
  } catch (cause) {
    throw new TokenRefused('OIDC discovery endpoint communication error', { cause });
  }
};

/**
 * The issuer's public keys, found through its discovery document and cached. A failure is not cached.
 * @throws TokenRefused when the issuer cannot be asked or does not have the key
 */
export const createIssuerKeys = (issuer: string): CompactVerifyGetKey => {
  let keySet: Promise<RemoteJWKSet> | undefined;
  return async (header, token) => {
    keySet ??= discoverKeySet(issuer);
    try {
      const findKey = await keySet;
      return await findKey(header, token);
    } catch (cause) {
      if (cause instanceof TokenRefused) {
        keySet = undefined;
        throw cause;
      }
      const unknownKey = cause instanceof errors.JWKSNoMatchingKey;
      throw new TokenRefused(unknownKey ? 'no key of the issuer has the kid' : 'JWKS communication error', { cause });
    }
  };
};
