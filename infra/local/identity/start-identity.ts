import { createServer } from 'node:http';
import Provider, { type Adapter, type ClientMetadata, type Configuration } from 'oidc-provider';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { type AccessTokens, accessTokens } from './access-tokens.ts';
import { DEMO_SECRET } from './fetch-access-token.ts';
import { loadSigningKey, type SigningKey } from './signing-key.ts';

/** A person who can have tokens. */
export interface DemoUser {
  /** What the token is asked for by; printable ASCII. */
  name: string;
  /** The token's `sub`. */
  subject: string;
}

/** What the provider issues, and to whom. */
export interface IdentityOptions {
  /** 0 for any free one. */
  port: number;
  /** Where the signing key is kept between starts; absent, it lives in memory. */
  keyFile?: string;
  audience: string;
  users: readonly DemoUser[];
  /** 8 hours when absent. */
  tokenLifetimeSeconds?: number;
}

/** A provider that serves. */
export interface Identity {
  issuer: string;
  tokenEndpoint: string;
  /** For people who signed in elsewhere: under this issuer, by its key. */
  tokens: AccessTokens;
  close: () => Promise<void>;
}

const WORKING_DAY = 8 * 60 * 60;

// The name by which the provider knows the API; the audience may be any text, a resource indicator must be a URI.
const API_RESOURCE = 'urn:shenbao:api';

// Tokens are JWTs that carry everything and clients are configured: there is nothing to store.
const storage: Adapter = {
  upsert: async () => undefined,
  find: async () => undefined,
  findByUid: async () => undefined,
  findByUserCode: async () => undefined,
  consume: async () => undefined,
  destroy: async () => undefined,
  revokeByGrantId: async () => undefined,
};

// A client per user: client_credentials is the one grant that needs no browser.
const asClient = ({ name }: DemoUser): ClientMetadata => ({
  client_id: name,
  client_secret: DEMO_SECRET,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
  token_endpoint_auth_method: 'client_secret_post',
});

const configure = (options: IdentityOptions, signingKey: SigningKey): Configuration => {
  const { audience, users, tokenLifetimeSeconds = WORKING_DAY } = options;
  const subjects = new Map(users.map(({ name, subject }) => [name, subject]));
  return {
    adapter: () => storage,
    clients: users.map(asClient),
    clientBasedCORS: () => false,
    jwks: { keys: [signingKey] },
    renderError: (ctx, out) => {
      ctx.body = out;
    },
    ttl: { ClientCredentials: tokenLifetimeSeconds },
    formats: {
      customizers: {
        jwt: (_ctx, token, { payload }) => {
          payload.sub = subjects.get(token.clientId ?? '');
          // As in a Cognito access token: it tells one from an ID token.
          payload.token_use = 'access';
        },
      },
    },
    features: {
      clientCredentials: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => API_RESOURCE,
        getResourceServerInfo: () => ({
          scope: '',
          audience,
          accessTokenFormat: 'jwt',
          accessTokenTTL: tokenLifetimeSeconds,
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
    },
  };
};

/**
 * Serves an OpenID provider on 127.0.0.1 with discovery, JWKS and RS256 JWT access tokens for the demo users.
 * @throws CannotStart when the port is taken, Error when the key file holds no key
 */
export const startIdentity = async (options: IdentityOptions): Promise<Identity> => {
  const signingKey = await loadSigningKey(options.keyFile);
  const server = createServer();
  // The issuer is known only with the port, so the provider is made after listening.
  const port = await listenOnLoopback(server, options.port);
  const issuer = `http://127.0.0.1:${port}`;
  try {
    server.on('request', new Provider(issuer, configure(options, signingKey)).callback());
  } catch (error) {
    await closeServer(server);
    throw error;
  }
  const { audience, tokenLifetimeSeconds: lifetimeSeconds = WORKING_DAY } = options;
  const tokens = accessTokens(signingKey, { issuer, audience, lifetimeSeconds });
  return { issuer, tokenEndpoint: `${issuer}/token`, tokens, close: () => closeServer(server) };
};
