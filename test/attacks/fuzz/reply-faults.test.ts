import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listCalls } from '#shared/contract/calls.ts';
import { createSubmission } from '#shared/contract/submissions.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import { handle } from '#shared/http/handle.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { expectationFaults, Result, replyFaults } from './reply-faults.ts';
import { RequestSchema } from './request-schema.ts';

const answerOf = (act: () => Promise<{ body: { items: [] }; status?: number; headers?: Record<string, string> }>) =>
  handle(listCalls, act)(httpEvent({ routeKey: 'GET /calls' }), lambdaContext());

/** A fault in one part of the reply, and what finds it. */
describe('what looks at replies', () => {
  it('finds nothing wrong with a right one', async () => {
    expect(replyFaults(listCalls, await answerOf(async () => ({ body: { items: [] } })))).toEqual([]);
  });

  it('finds a handler that throws on a null', async () => {
    const careless = handle(createSubmission, async ({ body }) => {
      throw new TypeError(`Cannot read properties of ${body.answers?.name}`);
    });
    const event = httpEvent({
      routeKey: 'POST /calls/{callId}/submissions',
      pathParameters: { callId: 'changde-2022' },
      body: '{"category":"1","answers":{"name":null}}',
    });
    expect(replyFaults(createSubmission, await careless(event, lambdaContext()))).toEqual([
      expect.stringMatching(/^500: /),
    ]);
  });

  it('finds a status, a code and a header that are not documented', async () => {
    const conflict = await answerOf(async () => {
      throw new DomainError('CONFLICT');
    });
    expect(replyFaults(listCalls, conflict)).toEqual(['the status 409 is not documented']);
    const accepted = await answerOf(async () => ({ body: { items: [] }, status: 202 }));
    expect(replyFaults(listCalls, accepted)).toEqual(['the status 202 is not documented']);
    const odd = await answerOf(async () => ({ body: { items: [] }, headers: { 'x-unit': 'a' } }));
    expect(replyFaults(listCalls, odd)).toEqual(['the header x-unit is not documented']);
    const problem = {
      type: 'x',
      title: 'x',
      status: 400,
      detail: 'x',
      code: 'LIMIT_REACHED',
      requestId: 'x',
      errors: [],
    };
    const headers = { 'content-type': 'application/problem+json; charset=utf-8' };
    expect(replyFaults(listCalls, { statusCode: 400, headers, body: JSON.stringify(problem) })).toEqual([
      'the code LIMIT_REACHED is not documented for 400',
    ]);
  });

  it('finds a field that is not documented, one that is missing, and another content type', () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const reply = (body: unknown) => ({ statusCode: 200, headers, body: JSON.stringify(body) });
    expect(replyFaults(listCalls, reply({ items: [], owner: '张三' }))).toEqual([expect.stringContaining('owner')]);
    expect(replyFaults(listCalls, reply({}))).toEqual([expect.stringContaining('items')]);
    const text = { ...reply({ items: [] }), headers: { 'content-type': 'text/plain' } };
    expect(replyFaults(listCalls, text)).toEqual(['the content type text/plain is not documented for 200']);
  });
});

describe('what looks at whether a request was refused', () => {
  const ask = async (handler: ReturnType<typeof handle>, body: string): Promise<Result> => {
    const event = httpEvent({
      routeKey: 'POST /calls/{callId}/submissions',
      pathParameters: { callId: 'changde-2022' },
      headers: { 'idempotency-key': 'a' },
      body,
    });
    return Result.parse(await handler(event, lambdaContext()));
  };
  const refusing = (code: 'NOT_FOUND' | 'VALIDATION_FAILED') =>
    handle(createSubmission, async () => {
      throw new DomainError(code);
    });
  const RIGHT = '{"category":"1","unitId":"changde-huaxue"}';
  const WRONG = '{"category":1}';

  it('finds nothing where a wrong body is refused and a right one understood', async () => {
    const sound = refusing('VALIDATION_FAILED');
    expect(expectationFaults(await ask(sound, WRONG), 'refused')).toEqual([]);
    expect(expectationFaults(await ask(sound, RIGHT), 'understood')).toEqual([]);
  });

  it('finds a handler that lets a wrong body through', async () => {
    const lax = handle({ ...createSubmission, body: z.unknown() }, async () => {
      throw new DomainError('NOT_FOUND');
    });
    expect(expectationFaults(await ask(lax, WRONG), 'refused')).toEqual([
      expect.stringMatching(/^a wrong request was not refused as such: 404/),
    ]);
  });

  it('finds a handler that refuses a right body', async () => {
    const narrow = handle({ ...createSubmission, body: z.strictObject({ category: z.int() }) }, async () => {
      throw new DomainError('NOT_FOUND');
    });
    expect(expectationFaults(await ask(narrow, RIGHT), 'understood')).toEqual([
      expect.stringMatching(/^a right request was answered as a wrong one/),
    ]);
  });

  it('finds a handler that refuses everything, whatever it is refused as', async () => {
    expect(expectationFaults(await ask(refusing('NOT_FOUND'), RIGHT), 'granted')).toEqual([
      expect.stringMatching(/^what is granted was refused: 404/),
    ]);
  });
});

it('does not generate from a keyword that it does not know', () => {
  expect(RequestSchema.safeParse({ type: 'string', pattern: '^a$' }).success).toBe(true);
  expect(RequestSchema.safeParse({ type: 'integer', multipleOf: 2 }).success).toBe(false);
  expect(RequestSchema.safeParse({ type: 'object', properties: { a: { contentEncoding: 'base64' } } }).success).toBe(
    false,
  );
});
