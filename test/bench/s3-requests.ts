import type { S3Client } from '@aws-sdk/client-s3';

/** Requests by the SDK's command class. */
export type S3Requests = Readonly<Record<string, number>>;

const MIDDLEWARE = 'count';

/** Runs work and counts the requests that leave a client, each attempt by itself. A presigned one does not leave it. */
export const countS3Requests = async <Result>(
  client: S3Client,
  work: () => Promise<Result>,
): Promise<{ result: Result; requests: S3Requests }> => {
  const requests: Record<string, number> = {};
  client.middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        requests[commandName] = (requests[commandName] ?? 0) + 1;
        return next(args);
      },
    { name: MIDDLEWARE, step: 'deserialize', override: true },
  );
  try {
    return { result: await work(), requests };
  } finally {
    client.middlewareStack.remove(MIDDLEWARE);
  }
};
