import { KMSClient } from '@aws-sdk/client-kms';
import { assertUnanswered } from '#shared/runtime/request-signal.ts';

/** A client that gives a request up after 3 s, so that the SDK's three attempts end well inside a function's 20 s. Nothing is sent for a request that was answered. */
export const kmsClient = (): KMSClient => {
  const client = new KMSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      assertUnanswered();
      return next(args);
    },
    { step: 'finalizeRequest', priority: 'low', name: 'assertUnanswered' },
  );
  return client;
};
