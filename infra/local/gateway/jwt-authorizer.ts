import { compactVerify, decodeProtectedHeader } from 'jose';
import * as z from 'zod';
import { createIssuerKeys } from './issuer-keys.ts';
import { type Reply, refuseToken } from './reply.ts';
import { TokenRefused } from './token-refused.ts';

/** The JWT authorizer's settings. */
export interface JwtAuthorizerSettings {
  issuer: string;
  audience: readonly string[];
}

/** What `requestContext.authorizer.jwt` holds. */
export interface AuthorizedToken {
  claims: Record<string, string>;
  /** The token's scopes; null on a route that asks for none. */
  scopes: string[] | null;
}

/** The token may pass, or the reply to refuse it with. */
export type Authorization = { jwt: AuthorizedToken } | { refusal: Reply };

const Header = z.object({ alg: z.literal('RS256'), kid: z.string() });

const Claims = z.looseObject({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  client_id: z.string().optional(),
  exp: z.number(),
  nbf: z.number().optional(),
  iat: z.number().optional(),
  scope: z.string().optional(),
  scp: z.union([z.string(), z.array(z.string())]).optional(),
});
type Claims = z.infer<typeof Claims>;

const checkForm = (token: string): void => {
  if (token.split('.').length !== 3) throw new TokenRefused('token contains an invalid number of segments');
  let header: unknown;
  try {
    header = decodeProtectedHeader(token);
  } catch (cause) {
    throw new TokenRefused('the token header cannot be decoded', { cause });
  }
  if (!Header.safeParse(header).success) throw new TokenRefused('the token is not signed by RS256 with a kid');
};

const readClaims = (payload: Uint8Array): Claims => {
  try {
    return Claims.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    throw new TokenRefused('the token claims cannot be read', { cause });
  }
};

// No leeway is documented for any of the times, so none is given.
const checkClaims = (claims: Claims, { issuer, audience }: JwtAuthorizerSettings, time: number): void => {
  if (claims.iss !== issuer) throw new TokenRefused('issuer does not match');
  // client_id counts only where aud is absent, as in an access token of Cognito.
  const sent = [claims.aud ?? claims.client_id ?? []].flat();
  if (!sent.some((each) => audience.includes(each))) throw new TokenRefused('the token does not have a valid audience');
  const seconds = time / 1000;
  if (claims.exp <= seconds) throw new TokenRefused('the token has expired');
  if ((claims.nbf ?? 0) > seconds) throw new TokenRefused('the token is not valid yet');
  if ((claims.iat ?? 0) > seconds) throw new TokenRefused('the token was issued in the future');
};

const scopesOf = ({ scope, scp }: Claims): string[] =>
  [scope ?? scp ?? []].flat().flatMap((each) => each.split(' ').filter(Boolean));

// Every claim reaches the function as a string: a list as `[a b]`, an object as JSON, a null not at all.
const renderClaim = (claim: unknown): string => {
  if (Array.isArray(claim)) return `[${claim.map(renderClaim).join(' ')}]`;
  return typeof claim === 'object' ? JSON.stringify(claim) : String(claim);
};

const renderClaims = (claims: Claims): Record<string, string> =>
  Object.fromEntries(
    Object.entries(claims)
      .filter(([, claim]) => claim !== null && claim !== undefined)
      .map(([name, claim]) => [name, renderClaim(claim)]),
  );

/**
 * A JWT authorizer with `$request.header.Authorization` as its identity source.
 *
 * It does not tell an access token from an ID token, as the real one does not: that is the functions' duty.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 * @param now the clock, in ms
 * @returns a function of the Authorization header and the route's scopes, of which the token needs one
 */
export const createJwtAuthorizer = (settings: JwtAuthorizerSettings, now: () => number) => {
  const findKey = createIssuerKeys(settings.issuer);

  const verify = async (token: string): Promise<Claims> => {
    checkForm(token);
    const { payload } = await compactVerify(token, findKey, { algorithms: ['RS256'] }).catch((cause: unknown) => {
      throw cause instanceof TokenRefused ? cause : new TokenRefused('the token signature is invalid', { cause });
    });
    const claims = readClaims(payload);
    checkClaims(claims, settings, now());
    return claims;
  };

  return async (header: string | undefined, routeScopes: readonly string[]): Promise<Authorization> => {
    // The scheme is optional: the identity source may hold the bare token.
    const token = (header ?? '').replace(/^Bearer(\s+|$)/i, '');
    if (token === '') return { refusal: refuseToken(401, 'Bearer') };
    const scope = `Bearer scope="${routeScopes.join(' ')}"`;
    try {
      const claims = await verify(token);
      const scopes = scopesOf(claims);
      if (routeScopes.length > 0 && !routeScopes.some((each) => scopes.includes(each))) {
        return { refusal: refuseToken(403, `${scope} error="insufficient_scope"`) };
      }
      return { jwt: { claims: renderClaims(claims), scopes: routeScopes.length > 0 ? scopes : null } };
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      const challenge = `${scope} error="invalid_token" error_description="${error.message}"`;
      return { refusal: refuseToken(401, challenge) };
    }
  };
};
