import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { assertUnanswered } from '#shared/runtime/request-signal.ts';

/**
 * A client that gives a request up after 3 s, so that the SDK's three attempts end well inside a function's 20 s. Nothing is sent for a request that was
 * answered: a password set then would reach nobody.
 */
export const cognitoClient = (): CognitoIdentityProviderClient => {
  const client = new CognitoIdentityProviderClient({
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
