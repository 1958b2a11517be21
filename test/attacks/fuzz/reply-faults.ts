import * as z from 'zod';
import type { Operation } from '#shared/contract/operation.ts';
import { documented, validatorOf } from './document.ts';
import type { Expectation } from './requests.ts';

/** A function's result in response format 2.0, as far as every reply has it. */
export const Result = z.strictObject({
  statusCode: z.int(),
  headers: z.record(z.string().regex(/^[a-z0-9-]+$/), z.string()),
  body: z.string().optional(),
});
export type Result = z.output<typeof Result>;

/** Of every reply, and so said once for all in the document's description; what an operation gives besides is listed with it. */
const ON_EVERY_REPLY = new Set([
  'content-type',
  'content-language',
  'content-security-policy',
  'cache-control',
  'vary',
  'retry-after',
  'x-content-type-options',
  'referrer-policy',
  'strict-transport-security',
]);

const Coded = z.object({ code: z.string() });

const headerFaults = (
  { headers }: Result,
  described: Readonly<Record<string, { required?: boolean | undefined }>>,
): string[] => [
  ...Object.entries(described).flatMap(([name, { required }]) =>
    required === true && headers[name] === undefined ? [`the header ${name} is missing`] : [],
  ),
  ...Object.keys(headers).flatMap((name) =>
    ON_EVERY_REPLY.has(name) || described[name] !== undefined ? [] : [`the header ${name} is not documented`],
  ),
];

const parsedBody = (mediaType: string, body: string): unknown => (mediaType.endsWith('json') ? JSON.parse(body) : body);

/**
 * How a function's result differs from what the OpenAPI document says of the operation: status, headers, content type, body, the refusal's code.
 * Every 5xx is a fault: nothing is broken where this is asked.
 */
export const replyFaults = (operation: Operation, result: unknown): string[] => {
  const parsed = Result.safeParse(result);
  if (!parsed.success) return [`no result of a function: ${parsed.error.message}`];
  const { statusCode, headers, body } = parsed.data;
  const status = `${statusCode}`;
  const described = documented(operation).responses[status];
  if (described === undefined) return [`the status ${status} is not documented`];
  const faults = headerFaults(parsed.data, described.headers ?? {});
  if (statusCode >= 500) faults.push(`${status}: ${body}`);

  const [mediaType = ''] = (headers['content-type'] ?? '').split(';');
  if (body === undefined) {
    if (described.content !== undefined && documented(operation).responses[status]?.headers?.location === undefined)
      faults.push('a body is documented, and none came');
    return faults;
  }
  if (described.content?.[mediaType] === undefined)
    return [...faults, `the content type ${headers['content-type']} is not documented for ${status}`];
  const value = parsedBody(mediaType, body);
  const validate = validatorOf(operation, ['responses', status, 'content', mediaType, 'schema']);
  if (!validate(value))
    faults.push(
      ...(validate.errors ?? []).map(
        ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
      ),
    );
  if (statusCode >= 400) {
    const { code } = Coded.parse(value);
    if (!described.description.includes(`${code}:`)) faults.push(`the code ${code} is not documented for ${status}`);
  }
  return faults;
};

const REFUSED = [400, 413, 415];

/** How a reply differs from what its request lets expect. */
export const expectationFaults = ({ statusCode, body = '' }: Result, expects: Expectation): string[] => {
  switch (expects) {
    case 'granted':
      return statusCode < 400 ? [] : [`what is granted was refused: ${statusCode} ${body}`];
    case 'understood':
      return statusCode === 400 ? [`a right request was answered as a wrong one: ${body}`] : [];
    case 'refused':
      return REFUSED.includes(statusCode) ? [] : [`a wrong request was not refused as such: ${statusCode} ${body}`];
    case 'any':
      return [];
  }
};
