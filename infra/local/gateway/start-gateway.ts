import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { closeServer, listenOnLoopback } from '../loopback-server.ts';
import type { AccessLine } from './access-log.ts';
import { type CorsSettings, corsHeaders, isPreflight, withoutCorsHeaders } from './cors.ts';
import { invokeFunction } from './invoke-function.ts';
import { createJwtAuthorizer, type JwtAuthorizerSettings } from './jwt-authorizer.ts';
import { createRouteMatcher, type GatewayRoute } from './match-route.ts';
import { createProxyEvent } from './proxy-event.ts';
import { declaresTooMuch, PayloadTooLarge, readBody } from './read-body.ts';
import { noContent, type Reply, refuse } from './reply.ts';
import { createRequestId, isHeadTooLarge, readHead } from './request-head.ts';
import { createTokenBucket, type ThrottleSettings } from './token-bucket.ts';

export type { GatewayRoute } from './match-route.ts';

/** An HTTP API with its routes, authorizer and default stage, as resolved from the template. */
export interface GatewayOptions {
  /** 0 for any free one. */
  port: number;
  routes: readonly GatewayRoute[];
  authorizer?: JwtAuthorizerSettings;
  cors?: CorsSettings;
  throttle: ThrottleSettings;
  /** Runs a function to its result; rejects when the function failed or timed out. */
  invoke: (functionName: string, event: APIGatewayProxyEventV2) => Promise<unknown>;
  /** Told of every request once its reply is there. */
  logAccess?: (line: AccessLine) => void;
  /** The clock, in ms. */
  now?: () => number;
}

/** A gateway that serves. */
export interface Gateway {
  url: string;
  close: () => Promise<void>;
}

// The whole request must be in within 30 s (ms): with the function's 20 s a submit received just before the deadline is
// through before the call is sealed, 120 s after it.
const REQUEST_TIMEOUT = 30_000;

const createService = (options: GatewayOptions) => {
  const { authorizer, now = Date.now } = options;
  const matchRoute = createRouteMatcher(options.routes);
  const mayPass = createTokenBucket(options.throttle, now);
  const authorize = authorizer && createJwtAuthorizer(authorizer, now);
  const unguarded = options.routes.find((route) => route.authorized);
  if (unguarded && !authorize) {
    throw new Error(
      `Route "${unguarded.routeKey}" needs an authorizer, and none is given: pass its issuer and audience.`,
    );
  }

  return async (request: IncomingMessage, requestId: string, receivedAt: number): Promise<Reply> => {
    if (isHeadTooLarge(request)) return refuse(431);
    if (declaresTooMuch(request)) return refuse(413);
    if (!mayPass()) return refuse(429);
    if (options.cors && isPreflight(request)) return noContent();
    const head = readHead(request, requestId, receivedAt);
    if (!head) return refuse(400);
    const match = matchRoute(head.method, head.path);
    if (!match) return refuse(404);
    const { authorized, scopes, functionName } = match.route;
    const authorization = authorized && authorize ? await authorize(request.headers.authorization, scopes) : undefined;
    if (authorization && 'refusal' in authorization) return authorization.refusal;
    const body = await readBody(request);
    const event = createProxyEvent({ request, head, match, body, ...authorization });
    return invokeFunction(() => options.invoke(functionName, event));
  };
};

const send = (response: ServerResponse, reply: Reply, added: Record<string, string>): void => {
  for (const [name, value] of Object.entries({ ...reply.headers, ...added })) response.setHeader(name, value);
  const cookies = [reply.headers['set-cookie'] ?? [], reply.cookies].flat();
  if (cookies.length > 0) response.setHeader('set-cookie', cookies);
  const bodiless = reply.status === 204 || reply.status === 304;
  if (!bodiless) response.setHeader('content-length', reply.body.length);
  response.writeHead(reply.status).end(bodiless ? undefined : reply.body);
};

/**
 * Serves an API Gateway HTTP API (payload format 2.0) on 127.0.0.1.
 * @throws CannotStart when the port is taken, Error when a route key is malformed or an authorized route has no authorizer
 */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const serve = createService(options);
  const { logAccess, now = Date.now } = options;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [requestId, receivedAt] = [createRequestId(), now()];
    const reply = await serve(request, requestId, receivedAt).catch((error: unknown) => {
      if (error instanceof PayloadTooLarge) return refuse(413);
      if (!request.errored) process.emitWarning(error instanceof Error ? error : String(error));
      return refuse(500);
    });
    logAccess?.({ requestId, receivedAt, status: reply.status, milliseconds: now() - receivedAt });
    // A body that was refused unread is let run out, or the socket would be stuck for its next request.
    request.resume();
    if (response.destroyed) return;
    const { cors } = options;
    const headers = cors ? withoutCorsHeaders(reply.headers) : reply.headers;
    const added = { ...(cors ? corsHeaders(cors, request) : {}), 'apigw-requestid': requestId };
    send(response, { ...reply, headers }, added);
  };

  const server = createServer({ requestTimeout: REQUEST_TIMEOUT, connectionsCheckingInterval: 1_000 });
  server.on('request', (request, response) => {
    // A client that goes away mid-way must not become an unhandled 'error' event.
    request.on('error', () => response.destroy());
    answer(request, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, options.port);
  return { url: `http://127.0.0.1:${port}`, close: () => closeServer(server) };
};
