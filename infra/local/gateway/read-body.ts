import type { IncomingMessage } from 'node:http';

/** API Gateway's payload quota: 10 MB. */
const PAYLOAD_LIMIT = 10 * 1024 * 1024;

/** The payload is over 10 MB. */
export class PayloadTooLarge extends Error {}

/** Whether the declared length alone is reason to refuse. */
export const declaresTooMuch = (request: IncomingMessage): boolean =>
  Number(request.headers['content-length'] ?? 0) > PAYLOAD_LIMIT;

/**
 * Collects the request's body.
 * @throws PayloadTooLarge as soon as it is over 10 MB; the stream's error if the client goes away
 */
export const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the socket: the refusal still has to go out on it.
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > PAYLOAD_LIMIT) throw new PayloadTooLarge('The payload is over 10 MB.');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
};
