import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import type { BodyFormat, Operation } from '#shared/contract/operation.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  'application/json': 'json',
  'application/yaml': 'yaml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
  'text/csv': 'csv',
};
const NAME_OF: Readonly<Record<BodyFormat, string>> = {
  json: 'application/json',
  yaml: 'application/yaml',
  csv: 'text/csv',
};
const DEFAULT_LIMIT = 256 * 1024;

const unsupported = (operation: Operation): DomainError =>
  new DomainError('UNSUPPORTED_MEDIA_TYPE', {
    params: { accepted: (operation.bodyFormats ?? ['json']).map((format) => NAME_OF[format]).join(' / ') },
  });

const formatOf = (operation: Operation, headers: APIGatewayProxyEventV2['headers']): BodyFormat => {
  const [mediaType = '', ...parameters] = (headers['content-type'] ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const format = FORMATS[mediaType];
  if (format === undefined || !(operation.bodyFormats ?? ['json']).includes(format)) throw unsupported(operation);
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset !== undefined && !/^charset="?utf-?8"?$/.test(charset)) throw unsupported(operation);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') throw unsupported(operation);
  return format;
};

/** Text of a body that has one, in the format it declares. API Gateway hands over application/yaml, and all it does not know, as base64. */
export const readBody = (
  operation: Operation,
  event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>,
): { text: string; format: BodyFormat } | undefined => {
  if (event.body === undefined || event.body === '') return undefined;
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  const limit = operation.bodyLimit ?? DEFAULT_LIMIT;
  if (bytes.length > limit) throw new DomainError('PAYLOAD_TOO_LARGE', { params: { limit } });
  const format = formatOf(operation, event.headers);
  // Who saved a table as CSV the usual way sent GBK, and has to be told how to save it.
  const undecodable: Fault = { path: '', code: format === 'csv' ? 'NOT_UTF8' : 'INVALID' };
  // A body of a textual type comes decoded, and whatever was no UTF-8 (GBK, say) as U+FFFD: kept, it would be a mangled answer with a receipt.
  if (!event.isBase64Encoded && event.body.includes('\uFFFD')) throw new InvalidRequest([undecodable]);
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), format };
  } catch (cause) {
    throw new InvalidRequest([undecodable], cause);
  }
};
