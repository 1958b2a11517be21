import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { type Reply, refuse } from './reply.ts';

const isSendable = ([name, value]: [string, string]): boolean => {
  try {
    validateHeaderName(name);
    validateHeaderValue(name, value);
    return true;
  } catch {
    return false;
  }
};

const HeaderValue = z.union([z.string(), z.number(), z.boolean()]).transform(String);

const HeaderRecord = z.record(z.string(), HeaderValue).refine((headers) => Object.entries(headers).every(isSendable));

const FunctionReply = z.object({
  statusCode: z.int().min(200).max(599),
  headers: HeaderRecord.nullish(),
  cookies: z.array(z.string().refine((cookie) => isSendable(['set-cookie', cookie]))).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

// The connection is the gateway's, and so are the length of what it sends and the name of the request.
const GATEWAY_OWNED = [
  'apigw-requestid',
  'connection',
  'content-length',
  'keep-alive',
  'trailer',
  'transfer-encoding',
  'upgrade',
];

const lowerCased = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers)
      .map(([name, value]) => [name.toLowerCase(), value] as const)
      .filter(([name]) => !GATEWAY_OWNED.includes(name)),
  );

const hasStatusCode = (payload: unknown): boolean =>
  typeof payload === 'object' && payload !== null && 'statusCode' in payload;

/**
 * Reads a function's result by response format 2.0: without a statusCode the whole result is a 200's JSON body, with
 * one it must have the format's shape, else the client gets the gateway's 500.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export const readFunctionReply = (result: unknown): Reply => {
  // Only what survives JSON leaves a function: fields set to undefined do not.
  const text = JSON.stringify(result) ?? 'null';
  const payload: unknown = JSON.parse(text);
  if (!hasStatusCode(payload)) {
    const body = Buffer.from(typeof payload === 'string' ? payload : text);
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const parsed = FunctionReply.safeParse(payload);
  if (!parsed.success) return refuse(500);
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    // The default is undocumented; AWS's own Lambda test tool records it.
    headers: { 'content-type': 'text/plain; charset=utf-8', ...lowerCased(headers ?? {}) },
    cookies: cookies ?? [],
    body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8'),
  };
};
