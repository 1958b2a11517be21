import { createServer, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import { type Action, kmsActions } from './actions.ts';
import { openKeyStore } from './key-store.ts';
import { KmsError } from './kms-error.ts';

export interface LocalKmsOptions {
  /** 0 for any free one. */
  port: number;
  account: { readonly region: string; readonly accountId: string };
  keyIds: readonly string[];
  /** Where the keys are kept; in memory without it. */
  keyFile?: string | undefined;
}

/** KMS's API that serves. */
export interface LocalKms {
  endpoint: string;
  close(): Promise<void>;
}

const TARGET = 'TrentService.';
const CONTENT_TYPE = 'application/x-amz-json-1.1';
/** Signed for this service, by an SDK; whose signature it is nobody asks on this machine. */
const SIGNED = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/[a-z0-9-]+\/kms\/aws4_request,/;

const parseBody = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    throw new KmsError('SerializationException', 'The body is no JSON.');
  }
};

/**
 * Serves on 127.0.0.1 the two operations of KMS that signing takes, with real keys of ECC_NIST_P256.
 * @throws CannotStart when the port is taken; Error when the key file holds something else
 */
export const startKms = async ({ port, account, keyIds, keyFile }: LocalKmsOptions): Promise<LocalKms> => {
  const arnOf = (keyId: string): string => `arn:aws:kms:${account.region}:${account.accountId}:key/${keyId}`;
  const actions = kmsActions(await openKeyStore(keyIds, keyFile), arnOf);

  const findAction = ({ headers }: IncomingMessage): Action => {
    const name = String(headers['x-amz-target'] ?? '').replace(TARGET, '');
    const action = Object.hasOwn(actions, name) ? actions[name] : undefined;
    if (action === undefined) {
      throw new KmsError('UnknownOperationException', 'This machine does not have the operation asked for.');
    }
    if (!SIGNED.test(headers.authorization ?? '')) {
      throw new KmsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
    }
    return action;
  };

  const answer = async (incoming: IncomingMessage): Promise<{ status: number; body: object }> => {
    try {
      const body = (await buffer(incoming)).toString();
      return { status: 200, body: findAction(incoming)(parseBody(body)) };
    } catch (error) {
      if (error instanceof KmsError) return { status: 400, body: { __type: error.type, message: error.message } };
      process.emitWarning(error instanceof Error ? error : String(error));
      return { status: 500, body: { __type: 'KMSInternalException', message: 'A fault of this machine.' } };
    }
  };

  const server = createServer(async (incoming, response) => {
    const { status, body } = await answer(incoming);
    response.writeHead(status, { 'content-type': CONTENT_TYPE });
    response.end(JSON.stringify(body));
  });
  const listening = await listenOnLoopback(server, port);
  return { endpoint: `http://127.0.0.1:${listening}`, close: () => closeServer(server) };
};
