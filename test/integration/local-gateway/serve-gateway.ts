import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { onTestFinished } from 'vitest';
import { type GatewayOptions, startGateway } from '#infra/local/gateway/start-gateway.ts';

interface Invocation {
  functionName: string;
  event: APIGatewayProxyEventV2;
}

/** A route open to anyone, served by the function of the same name as its key. */
export const openRoute = (routeKey: string) => ({ routeKey, authorized: false, scopes: [], functionName: routeKey });

/**
 * Starts a gateway on a free port until the test ends.
 * @returns its address, and the invocations so far: the default function notes its event and replies `ok`
 */
export const serveGateway = async (options: Partial<GatewayOptions> = {}) => {
  const invocations: Invocation[] = [];
  const gateway = await startGateway({
    port: 0,
    routes: [openRoute('ANY /{path+}')],
    throttle: { rateLimit: 1_000, burstLimit: 1_000 },
    invoke: async (functionName, event) => {
      invocations.push({ functionName, event });
      return { statusCode: 200, body: 'ok' };
    },
    ...options,
  });
  onTestFinished(gateway.close);
  return { ...gateway, invocations };
};

/** Sends a request and gives the event its function got. */
export const eventOf = async (path: string, init?: RequestInit, routeKey = 'ANY /{path+}') => {
  const { url, invocations } = await serveGateway({ routes: [openRoute(routeKey)] });
  await fetch(`${url}${path}`, init);
  const [invocation] = invocations;
  if (!invocation) throw new Error(`No function was invoked for ${path}.`);
  return invocation.event;
};

/** Opens a plain connection, for what an HTTP client would not send. */
export const openSocket = async (url: string): Promise<Socket> => {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  socket.on('error', () => socket.destroy());
  onTestFinished(() => {
    socket.destroy();
  });
  await once(socket, 'connect');
  return socket;
};

/** Sends these bytes and gives everything that comes back until the gateway closes the connection. */
export const exchange = async (url: string, request: string): Promise<string> => {
  const socket = await openSocket(url);
  let received = '';
  socket.setEncoding('latin1').on('data', (chunk) => {
    received += chunk;
  });
  socket.write(request, 'latin1');
  await new Promise((resolve) => socket.once('close', resolve));
  return received;
};
