import type * as z from 'zod';
import { Problem, type ProblemCode } from '#shared/contract/problem.ts';
import { type ApiReply, apiClient, expectStatus, UnexpectedReply } from '../seed/api-client.ts';

/** A demo user who speaks to the API and knows what is to come back. */
export interface Actor {
  /** The reply's body, read by its schema. @throws UnexpectedReply for another status */
  ask<Schema extends z.ZodType>(
    schema: Schema,
    status: number,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<z.output<Schema>>;
  /** The refusal, told in one sentence: its status, code and reasons. @throws UnexpectedReply for another status or code */
  refused(
    status: number,
    code: ProblemCode,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<string>;
  etag(path: string): Promise<string>;
}

const REASONS_TOLD = 3;

const reasonsOf = ({ detail, errors }: z.output<typeof Problem>): string => {
  if (errors.length === 0) return detail;
  const told = errors
    .slice(0, REASONS_TOLD)
    .map(({ path, code, message }) => `${path} ${code} ${message.replace(/。$/, '')}`);
  return `${told.join('；')}${errors.length > REASONS_TOLD ? ` …共 ${errors.length} 处` : ''}`;
};

/** @param token anonymous without it */
export const actor = (url: string, token?: string): Actor => {
  const { send } = apiClient(url, token);
  const expecting = async (
    status: number,
    method: string,
    path: string,
    ...rest: [unknown?, Record<string, string>?]
  ) => expectStatus(await send(method, path, ...rest), status, `${method} ${path}`);
  return {
    ask: async (schema, status, method, path, ...rest) =>
      schema.parse((await expecting(status, method, path, ...rest)).body),
    refused: async (status, code, method, path, ...rest) => {
      const reply: ApiReply = await expecting(status, method, path, ...rest);
      const problem = Problem.parse(reply.body);
      if (problem.code !== code)
        throw new UnexpectedReply(`${method} ${path}: ${code} expected, ${problem.code} received.`);
      return `${status} ${problem.code}：${reasonsOf(problem)}`;
    },
    etag: async (path) => (await expecting(200, 'GET', path)).headers.get('etag') ?? '',
  };
};
