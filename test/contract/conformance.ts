import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'vitest';
import * as z from 'zod';
import openapi from '#shared/contract/openapi.json' with { type: 'json' };
import type { Operation } from '#shared/contract/operation.ts';
import { Problem, type ProblemCode } from '#shared/contract/problem.ts';
import { statusOf } from '#shared/http/status.ts';

// Not strict: the document holds keywords of OpenAPI beside those of JSON Schema.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openapi, 'openapi.json');

/** A function's result in response format 2.0. */
const Result = z.strictObject({
  statusCode: z.int(),
  headers: z.record(z.string().regex(/^[a-z0-9-]+$/), z.string()),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});
type Result = z.output<typeof Result>;

const expectDocumented = (
  { method, path }: Operation,
  { statusCode }: Result,
  mediaType: string,
  body: unknown,
): void => {
  const pointer = ['paths', path, method.toLowerCase(), 'responses', `${statusCode}`, 'content', mediaType, 'schema']
    .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const validate = ajv.compile({ $ref: `openapi.json#/${pointer}` });
  validate(body);
  expect(validate.errors ?? []).toEqual([]);
};

const expectHardened = ({ headers }: Result): void => {
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'strict-transport-security': 'max-age=31536000; includeSubDomains',
    'content-security-policy': expect.stringMatching(
      /^default-src 'none';.*\bbase-uri 'none';.*\bframe-ancestors 'none'$/,
    ),
    'cache-control': expect.any(String),
  });
};

/** The operation's own success: its status, its headers, and a body that is exactly what schema and OpenAPI document say, with nothing more in it. */
export const expectSuccess = (operation: Operation, result: unknown): void => {
  const reply = Result.parse(result);
  const withBody = reply.statusCode === operation.replyStatus;
  expect(reply.statusCode, reply.body).toBe(withBody ? operation.replyStatus : operation.status);
  expectHardened(reply);
  const declared = operation.replyHeaders?.safeParse(reply.headers);
  expect(declared?.error?.issues ?? []).toEqual([]);
  if (!withBody && (operation.status === 204 || operation.status === 302)) {
    expect(reply.body).toBeUndefined();
    return;
  }
  if (operation.page === true && reply.headers['content-type'] === 'text/html; charset=utf-8') {
    expect(reply.headers['content-security-policy']).toMatch(/^default-src 'none';/);
    expectDocumented(operation, reply, 'text/html', reply.body);
    return;
  }
  expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
  const body: unknown = JSON.parse(reply.body ?? '');
  expect(operation.reply?.parse(body)).toEqual(body);
  expectDocumented(operation, reply, 'application/json', body);
};

/** A refusal of ours that the operation documents. @returns its body */
export const expectProblem = (operation: Operation, result: unknown, code: ProblemCode): Problem => {
  const reply = Result.parse(result);
  expect(reply.statusCode, reply.body).toBe(statusOf[code]);
  expectHardened(reply);
  expect(reply.headers).toMatchObject({
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'zh-CN',
  });
  const body: unknown = JSON.parse(reply.body ?? '');
  const problem = Problem.parse(body);
  expect(problem).toEqual(body);
  expect(problem).toMatchObject({ code, status: statusOf[code] });
  expectDocumented(operation, reply, 'application/problem+json', body);
  return problem;
};
