import { S3Error } from './s3-error.ts';

export interface QueryParameter {
  name: string;
  value: string;
}

export interface RequestTarget {
  /** As sent, percent-encoded. */
  path: string;
  /** '' for the service root. */
  bucket: string;
  /** Decoded, '' when the request addresses the bucket itself. */
  key: string;
  query: QueryParameter[];
}

/** S3's limit on a key: 1,024 bytes of UTF-8. */
const MAX_KEY_BYTES = 1024;

const decode = (encoded: string): string => {
  try {
    return decodeURIComponent(encoded);
  } catch (cause) {
    throw new S3Error('InvalidURI', { cause });
  }
};

const parseQuery = (raw: string): QueryParameter[] =>
  raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return { name: decode(name), value: decode(value.replaceAll('+', ' ')) };
    });

/** Refuses a key that S3 could not hold. */
export const checkKey = (key: string): string => {
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', {
      details: { Size: String(bytes), MaxSizeAllowed: String(MAX_KEY_BYTES) },
    });
  }
  return key;
};

/**
 * Splits the request line's target (path style) as it was sent: no dot segment is resolved and no slash merged,
 * because S3 keys may hold both.
 */
export const parseTarget = (url: string): RequestTarget => {
  if (!url.startsWith('/')) throw new S3Error('InvalidURI');
  const question = url.indexOf('?');
  const path = question < 0 ? url : url.slice(0, question);
  const slash = path.indexOf('/', 1);
  return {
    path,
    bucket: decode(slash < 0 ? path.slice(1) : path.slice(1, slash)),
    key: slash < 0 ? '' : checkKey(decode(path.slice(slash + 1))),
    query: question < 0 ? [] : parseQuery(url.slice(question + 1)),
  };
};

/** The value of a parameter that may be given once; refuses it twice, lest two readers choose differently. */
export const singleParameter = (query: QueryParameter[], name: string): string | undefined => {
  const values = query.filter((parameter) => parameter.name === name);
  if (values.length > 1) {
    throw new S3Error('InvalidArgument', { message: `The parameter ${name} may be given only once.` });
  }
  return values[0]?.value;
};
