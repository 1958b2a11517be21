import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { listenOnLoopback } from '../loopback-server.ts';
import { openBucket } from './bucket-store.ts';
import { type CorsRule, corsHeaders } from './cors.ts';
import { parseTarget } from './request-target.ts';
import { routeRequest, type ServedBucket } from './route-request.ts';
import { S3Error } from './s3-error.ts';
import { asRequest, type ObjectCreated, type Reply } from './s3-request.ts';
import { sendReply, settleIncoming } from './send-reply.ts';
import type { Credentials } from './sigv4.ts';

export type { ObjectCreated } from './s3-request.ts';

export interface LocalS3Options {
  /** 0 for a free one; only 127.0.0.1 is served. */
  port: number;
  /** Where objects, versions and their metadata are kept; one server at a time. */
  directory: string;
  region: string;
  credentials: Credentials;
  buckets: { name: string; versioned: boolean; cors: CorsRule[] }[];
  /** Called once per stored object, after its bytes are durable and the reply is sent. */
  onObjectCreated?: (created: ObjectCreated) => void;
  /** ms since the epoch. */
  now?: () => number;
}

export interface LocalS3 {
  /** For path-style requests: `${endpoint}/bucket/key`. */
  endpoint: string;
  /** Breaks off what is under way and closes the store. */
  close: () => Promise<void>;
}

const createdEvent = ({ store }: ServedBucket, { object, reason }: NonNullable<Reply['stored']>): ObjectCreated => ({
  bucket: store.name,
  key: object.key,
  size: object.size,
  eTag: object.eTag,
  ...(store.versioned ? { versionId: object.versionId } : {}),
  eventTime: new Date(object.lastModified).toISOString(),
  sequencer: object.sequence.toString(16).toUpperCase().padStart(16, '0'),
  reason,
});

const asS3Error = (error: unknown): S3Error =>
  error instanceof S3Error ? error : new S3Error('InternalError', { cause: error });

/** For faults of this server or its caller, which a client is told nothing of. */
const warn = (error: unknown): void =>
  process.emitWarning(`Local S3: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);

const closeBuckets = async (served: Map<string, ServedBucket>): Promise<void> => {
  await Promise.all([...served.values()].map(({ store }) => store.close()));
};

const openBuckets = async (options: LocalS3Options, now: () => number): Promise<Map<string, ServedBucket>> => {
  const served = new Map<string, ServedBucket>();
  try {
    for (const { name, versioned, cors } of options.buckets) {
      const store = await openBucket({ name, versioned }, join(options.directory, name), now);
      served.set(name, { store, cors });
    }
    return served;
  } catch (error) {
    await closeBuckets(served);
    throw error;
  }
};

/**
 * Starts a strict S3 for one machine: everything must be signed, and what S3 would refuse is refused with its own
 * code. What it does not implement answers NotImplemented.
 * @throws CannotStart when the port is taken, Error when the directory's index is damaged.
 */
export const startS3 = async (options: LocalS3Options): Promise<LocalS3> => {
  const now = options.now ?? Date.now;
  const served = await openBuckets(options, now);

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    let bucket: ServedBucket | undefined;
    let reply: Reply | S3Error;
    let cors: Record<string, string> = {};
    try {
      const target = parseTarget(incoming.url ?? '');
      const request = asRequest(incoming, target, now());
      bucket = served.get(target.bucket);
      cors = bucket === undefined ? {} : corsHeaders(request, bucket.cors);
      reply = await routeRequest(request, bucket, options);
    } catch (error) {
      const refusal = asS3Error(error);
      if (refusal.code === 'InternalError' && !incoming.destroyed) warn(error);
      reply = refusal;
    }
    await settleIncoming(incoming);
    await sendReply(incoming, response, reply, cors);
    if (reply instanceof S3Error || reply.stored === undefined || bucket === undefined) return;
    options.onObjectCreated?.(createdEvent(bucket, reply.stored));
  };

  const underWay = new Set<Promise<void>>();
  const server = createServer((incoming, response) => {
    const serving = serve(incoming, response)
      .catch((error: unknown) => {
        warn(error);
        response.destroy();
      })
      .finally(() => underWay.delete(serving));
    underWay.add(serving);
  });
  // An upload may take as long as its link needs.
  server.requestTimeout = 0;
  const port = await listenOnLoopback(server, options.port).catch(async (error: unknown) => {
    await closeBuckets(served);
    throw error;
  });

  return {
    endpoint: `http://127.0.0.1:${port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await Promise.all(underWay);
      await closeBuckets(served);
    },
  };
};
