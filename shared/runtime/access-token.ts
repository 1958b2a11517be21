import * as z from 'zod';
import { environment } from './environment.ts';

/**
 * What tells an access token from an ID token: the JWT authorizer checks issuer, audience and expiry, and both kinds pass it. Cognito writes
 * `token_use`; another issuer's claim comes from the stage's settings.
 */
const rule = environment({
  ACCESS_TOKEN_CLAIM: z.string().min(1).default('token_use'),
  ACCESS_TOKEN_VALUE: z.string().min(1).default('access'),
});

export const isAccessToken = (claims: Readonly<Record<string, unknown>>): boolean =>
  Object.hasOwn(claims, rule.ACCESS_TOKEN_CLAIM) && claims[rule.ACCESS_TOKEN_CLAIM] === rule.ACCESS_TOKEN_VALUE;
