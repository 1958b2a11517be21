import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { AccessTokens } from '../identity/access-tokens.ts';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import type { LocalUserPool } from '../template/local-model.ts';
import { type Action, adminActions } from './admin-actions.ts';
import { CognitoError } from './cognito-error.ts';
import { signInActions } from './sign-in.ts';
import type { UserStore } from './user-store.ts';

export interface LocalCognitoOptions {
  /** 0 for any free one. */
  port: number;
  pool: LocalUserPool;
  users: UserStore;
  tokens: AccessTokens;
  /** The clock, in ms. */
  now?: () => number;
}

/** A user pool's API that serves. */
export interface LocalCognito {
  endpoint: string;
  close(): Promise<void>;
}

const TARGET = 'AWSCognitoIdentityProviderService.';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
/** Signed for this service, by an SDK; whose signature it is nobody asks on this machine. */
const SIGNED = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/cognito-idp\/aws4_request,/;

/**
 * Serves on 127.0.0.1 what functions and people ask of a user pool: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/Welcome.html
 * @throws CannotStart when the port is taken
 */
export const startCognito = async (options: LocalCognitoOptions): Promise<LocalCognito> => {
  const { pool, users, tokens, now = Date.now } = options;
  const forAdministrators = adminActions(pool, users, now);
  const forAnyone = signInActions(pool, users, tokens, now);

  const findAction = ({ headers }: IncomingMessage): Action => {
    const name = String(headers['x-amz-target'] ?? '').replace(TARGET, '');
    const open = Object.hasOwn(forAnyone, name) ? forAnyone[name] : undefined;
    if (open !== undefined) return open;
    const action = Object.hasOwn(forAdministrators, name) ? forAdministrators[name] : undefined;
    if (action === undefined) {
      throw new CognitoError('UnknownOperationException', 'This machine does not have the operation asked for.');
    }
    if (!SIGNED.test(headers.authorization ?? '')) {
      throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    return action;
  };

  const parseBody = (body: string): unknown => {
    try {
      return JSON.parse(body);
    } catch {
      throw new CognitoError('InvalidParameterException', 'The body is no JSON.');
    }
  };

  const answer = async (incoming: IncomingMessage): Promise<{ status: number; body: object }> => {
    try {
      const body = (await buffer(incoming)).toString();
      return { status: 200, body: await findAction(incoming)(parseBody(body)) };
    } catch (error) {
      if (error instanceof CognitoError) return { status: 400, body: { __type: error.type, message: error.message } };
      process.emitWarning(error instanceof Error ? error : String(error));
      return { status: 500, body: { __type: 'InternalErrorException', message: 'A fault of this machine.' } };
    }
  };

  const server = createServer(async (incoming: IncomingMessage, response: ServerResponse) => {
    const { status, body } = await answer(incoming);
    response.writeHead(status, { 'content-type': CONTENT_TYPE });
    response.end(JSON.stringify(body));
  });
  const port = await listenOnLoopback(server, options.port);
  return { endpoint: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
};
