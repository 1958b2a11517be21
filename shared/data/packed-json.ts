import { deflateRawSync, inflateRawSync } from 'node:zlib';

/** No item unpacks to more: the largest body we take is 2 MB, and what parsing writes out of it (defaults, YAML's quotes) makes it some three times as long. */
const MOST_BYTES = 8 * 1024 * 1024;

/** JSON text, deflated: forms and answers shrink to a fifth, and DynamoDB charges by the KB. */
export const packText = (json: string): Uint8Array => deflateRawSync(json, { level: 6 });

/** The JSON text that `packText` was given. Throws on bytes that are none of ours. */
export const unpackText = (bytes: Uint8Array): string =>
  inflateRawSync(bytes, { maxOutputLength: MOST_BYTES }).toString('utf8');

export const pack = (value: unknown): Uint8Array => packText(JSON.stringify(value));

/** Reads what `pack` wrote; the caller parses it with its schema. Throws on bytes that are none of ours. */
export const unpack = (bytes: Uint8Array): unknown => JSON.parse(unpackText(bytes));
