import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { assertUnanswered } from '#shared/runtime/request-signal.ts';

/** How long one attempt of a request may hang; single-digit milliseconds are usual. */
export const REQUEST_TIMEOUT_MS = 3_000;

/**
 * A client as every instance has it: a request that hangs is given up after 3 s, so that the SDK's three attempts end well inside a function's 20 s, and
 * nothing is sent for a request that was answered.
 *
 * @param place where DynamoDB is and what the client reaches it by; the environment says it, but for tests
 */
export const newDocumentClient = (
  place: Pick<DynamoDBClientConfig, 'endpoint' | 'region' | 'credentials' | 'requestHandler'> = {},
): DynamoDBDocumentClient => {
  const made = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 3,
      requestHandler: { connectionTimeout: 1_000, requestTimeout: REQUEST_TIMEOUT_MS, throwOnRequestTimeout: true },
      ...place,
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  made.middlewareStack.add(
    (next) => async (args) => {
      assertUnanswered();
      return next(args);
    },
    // Within the SDK's retries, so that each attempt is asked.
    { step: 'finalizeRequest', priority: 'low', name: 'assertUnanswered' },
  );
  return made;
};

let client: DynamoDBDocumentClient | undefined;

/** The one client of an instance: connections and credentials outlive a request. */
export const documentClient = (): DynamoDBDocumentClient => {
  client ??= newDocumentClient();
  return client;
};
