import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { operation } from '#shared/contract/operation.ts';
import { documentClient } from '#shared/data/document-client.ts';
import { handle } from '#shared/http/handle.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';

const slow = operation({
  method: 'GET',
  path: '/slow',
  status: 200,
  access: 'anyone',
  summary: 'Reads, late',
  reply: z.object({}),
  refusals: [],
});

/** Reads a table of a DynamoDB that nobody serves. */
const read = () => {
  vi.stubEnv('AWS_REGION', 'ap-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL_DYNAMODB', 'http://127.0.0.1:1');
  return documentClient().send(new GetCommand({ TableName: 'any', Key: { id: '1' } }));
};

describe('a request that runs out of time', () => {
  it('is answered 503, and what it still wanted is never sent', async () => {
    const answered = Promise.withResolvers<void>();
    const outcome = Promise.withResolvers<unknown>();
    const handler = handle(slow, async () => {
      await answered.promise;
      outcome.resolve(await read().catch((error: unknown) => error));
      return { body: {} };
    });
    // 300 ms are kept back for the answer.
    const reply = await handler(httpEvent(), { ...lambdaContext(), getRemainingTimeInMillis: () => 310 });
    expect(reply).toMatchObject({ statusCode: 503, headers: { 'retry-after': '1' } });
    answered.resolve();
    expect(await outcome.promise).toHaveProperty('name', 'AbortError');
  });

  it('does not end another one that its instance serves', async () => {
    const handler = handle(slow, async () => {
      await read();
      return { body: {} };
    });
    const reply = await handler(httpEvent(), lambdaContext());
    expect(reply.statusCode).toBe(503);
    await expect(read()).rejects.toHaveProperty('code', 'ECONNREFUSED');
  });
});
