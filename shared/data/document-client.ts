import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { assertUnanswered } from '#shared/runtime/request-signal.ts';

/** How long one attempt of a request may hang; single-digit milliseconds are usual. */
export const REQUEST_TIMEOUT_MS = 3_000;

let client: DynamoDBDocumentClient | undefined;

/**
 * The one client of an instance: connections and credentials outlive a request. A request that hangs is given up after 3 s, so that the SDK's three
 * attempts end well inside a function's 20 s. Nothing is sent for a request that was answered.
 */
export const documentClient = (): DynamoDBDocumentClient => {
  client ??= DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  client.middlewareStack.add(
    (next) => async (args) => {
      assertUnanswered();
      return next(args);
    },
    // Within the SDK's retries, so that each attempt is asked.
    { step: 'finalizeRequest', priority: 'low', name: 'assertUnanswered', override: true },
  );
  return client;
};
