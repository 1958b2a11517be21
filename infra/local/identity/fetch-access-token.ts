import * as z from 'zod';

/** Every demo user's secret: no secret at all, since the provider is reachable from this machine only. */
export const DEMO_SECRET = 'local-demo-only';

const DiscoveryDocument = z.object({ token_endpoint: z.url() });
const TokenReply = z.object({ access_token: z.string() });
const TokenError = z.object({ error: z.string() });

const requestJson = async (url: string, init?: RequestInit): Promise<{ ok: boolean; body: unknown }> => {
  try {
    const response = await fetch(url, init);
    return { ok: response.ok, body: await response.json() };
  } catch (cause) {
    throw new Error(`No identity provider answers at ${url}: start the stack first (npm start).`, { cause });
  }
};

/**
 * Asks the running stack's identity provider for an access token.
 * @param name a demo user's
 * @throws Error when nothing answers at the issuer, or it knows no such user
 */
export const fetchAccessToken = async (issuer: string, name: string): Promise<string> => {
  const discovery = await requestJson(`${issuer}/.well-known/openid-configuration`);
  const { token_endpoint } = DiscoveryDocument.parse(discovery.body);
  const form = { grant_type: 'client_credentials', client_id: name, client_secret: DEMO_SECRET };
  const reply = await requestJson(token_endpoint, { method: 'POST', body: new URLSearchParams(form) });
  if (reply.ok) return TokenReply.parse(reply.body).access_token;
  const { error } = TokenError.parse(reply.body);
  throw new Error(
    error === 'invalid_client'
      ? `The running stack has no demo user "${name}".`
      : `The identity provider refused a token for "${name}": ${error}.`,
  );
};
