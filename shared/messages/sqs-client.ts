import { SQSClient } from '@aws-sdk/client-sqs';

/** A client that gives a request up after 3 s, so that the SDK's three attempts end well inside a function's time. */
export const sqsClient = (): SQSClient =>
  new SQSClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
