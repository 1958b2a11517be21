import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { finished, pipeline } from 'node:stream/promises';
import { discardRest } from './dead-buffers.ts';
import { S3Error } from './s3-error.ts';
import type { FileRange, Reply } from './s3-request.ts';

/**
 * Reads what is left of a request's body. A client that is still sending would otherwise meet a reset connection
 * instead of its reply.
 */
export const settleIncoming = async (incoming: IncomingMessage): Promise<void> => {
  if (incoming.readableEnded || incoming.destroyed) return;
  discardRest(incoming);
  // A client that leaves needs no reply; that it left shows when the reply is sent.
  await finished(incoming, { writable: false }).catch(() => undefined);
};

const sendFile = async (response: ServerResponse, { file, start, end }: FileRange): Promise<void> => {
  try {
    await pipeline(file.createReadStream({ start, end, autoClose: false }), response);
  } catch (error) {
    // The client left before it had everything: nobody is there to be told.
    if (!response.destroyed) throw error;
  } finally {
    await file.close();
  }
};

const errorReply = (error: S3Error, requestId: string): Reply => ({
  status: error.status,
  headers: { ...error.headers, 'content-type': 'application/xml' },
  body: error.toXml(requestId),
});

/** Sends a reply, or an error as its XML document, and resolves when it is handed to the network. */
export const sendReply = async (
  incoming: IncomingMessage,
  response: ServerResponse,
  outcome: Reply | S3Error,
  corsHeaders: Record<string, string>,
): Promise<void> => {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  const { status, headers, body } = outcome instanceof S3Error ? errorReply(outcome, requestId) : outcome;
  response.writeHead(status, {
    ...(typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {}),
    ...(body === undefined && status !== 204 && status !== 304 ? { 'content-length': '0' } : {}),
    ...corsHeaders,
    ...headers,
    server: 'AmazonS3',
    'x-amz-request-id': requestId,
    'x-amz-id-2': 'local',
  });
  if (incoming.method !== 'HEAD' && typeof body === 'object') return sendFile(response, body);
  response.end(incoming.method === 'HEAD' || typeof body === 'object' ? undefined : body);
  await finished(response).catch(() => undefined);
};
