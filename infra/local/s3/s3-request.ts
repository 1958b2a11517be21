import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import type { RequestTarget } from './request-target.ts';
import type { StoredObject } from './version-index.ts';

export interface ObjectCreated {
  bucket: string;
  /** As stored, not URL-encoded as in S3's event document. */
  key: string;
  /** Bytes. */
  size: number;
  /** Hex MD5 without quotes, as in S3's event document. */
  eTag: string;
  /** Only for versioned buckets. */
  versionId?: string;
  /** ISO 8601 with milliseconds, UTC. */
  eventTime: string;
  /** Hex, of fixed width: grows with every stored version of a bucket, also across restarts. */
  sequencer: string;
  reason: 'PutObject' | 'PostObject' | 'CopyObject';
}

/** One request as the operations see it. */
export interface S3Request extends RequestTarget {
  method: string;
  incoming: IncomingMessage;
  /** When it arrived, in ms since the epoch. */
  receivedAt: number;
  /** All values of a header joined by a comma (which is what is signed), or undefined when absent. */
  header: (name: string) => string | undefined;
}

/** Bytes `start` to `end` (inclusive) of an open file, which the sender closes. */
export interface FileRange {
  file: FileHandle;
  start: number;
  end: number;
}

/** What an operation answers. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | FileRange;
  /** The object that the request stored, to be told of once the reply is out. */
  stored?: { object: StoredObject; reason: ObjectCreated['reason'] };
}

export const asRequest = (incoming: IncomingMessage, target: RequestTarget, receivedAt: number): S3Request => ({
  ...target,
  method: incoming.method ?? '',
  incoming,
  receivedAt,
  header: (name) => incoming.headersDistinct[name]?.join(','),
});
