import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { type BodyFormat, MEDIA_TYPES, type Operation } from '#shared/contract/operation.ts';
import { DomainError } from '#shared/domain/domain-error.ts';
import type { Fault } from '#shared/domain/fault.ts';
import { InvalidRequest } from '#shared/domain/invalid-request.ts';

const FORMATS: Readonly<Record<string, BodyFormat>> = {
  [MEDIA_TYPES.json]: 'json',
  [MEDIA_TYPES.yaml]: 'yaml',
  'application/x-yaml': 'yaml',
  'text/yaml': 'yaml',
  [MEDIA_TYPES.csv]: 'csv',
  [MEDIA_TYPES.xlsx]: 'xlsx',
};
const DEFAULT_LIMIT = 256 * 1024;

const unsupported = (operation: Operation): DomainError =>
  new DomainError('UNSUPPORTED_MEDIA_TYPE', {
    params: { accepted: (operation.bodyFormats ?? ['json']).map((format) => MEDIA_TYPES[format]).join(' / ') },
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

/** A body in the format it declares; of XLSX the bytes are all there is, and `text` is empty. */
export interface ReadBody {
  readonly format: BodyFormat;
  readonly bytes: Uint8Array;
  readonly text: string;
}

/** What an archive begins with: decoded as text on the way, too. */
const ARCHIVE = 'PK\u0003\u0004';

/** Why bytes are not the text they are said to be: who saved a table as CSV the usual way sent GBK, and has to be told how to save it. */
const undecodable = (format: BodyFormat, bytes: Uint8Array): Fault => {
  if (format !== 'csv') return { path: '', code: 'INVALID', params: { of: 'utf8' } };
  return Buffer.from(bytes.subarray(0, ARCHIVE.length)).toString('latin1') === ARCHIVE
    ? { path: '', code: 'XLSX_AS_CSV', params: { accepted: MEDIA_TYPES.xlsx } }
    : { path: '', code: 'NOT_UTF8' };
};

/**
 * The body of a request that has one. API Gateway hands over application/yaml, and all it does not know, as base64.
 *
 * @throws DomainError PAYLOAD_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE
 * @throws InvalidRequest for what is no UTF-8, where it is to be text
 */
export const readBody = (
  operation: Operation,
  event: Pick<APIGatewayProxyEventV2, 'body' | 'isBase64Encoded' | 'headers'>,
): ReadBody | undefined => {
  if (event.body === undefined || event.body === '') return undefined;
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  const limit = operation.bodyLimit ?? DEFAULT_LIMIT;
  if (bytes.length > limit) throw new DomainError('PAYLOAD_TOO_LARGE', { params: { limit } });
  const format = formatOf(operation, event.headers);
  if (format === 'xlsx') return { format, bytes, text: '' };
  // A body of a textual type comes decoded, and whatever was no UTF-8 (GBK, say) as U+FFFD: kept, it would be a mangled answer with a receipt.
  if (!event.isBase64Encoded && event.body.includes('\uFFFD')) throw new InvalidRequest([undecodable(format, bytes)]);
  try {
    return { format, bytes, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (cause) {
    throw new InvalidRequest([undecodable(format, bytes)], cause);
  }
};
