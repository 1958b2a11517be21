import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import * as z from 'zod';
import { BUCKET, type RunningS3 } from './fixture.ts';

export const KEY = 'calls/c1/submissions/s1/a1';
export const CONTENT_TYPE = 'application/pdf';
export const BYTES = Buffer.from('%PDF-1.7 a small attachment');
export const SHA256 = createHash('sha256').update(BYTES).digest('base64');

/** A request as it goes over the wire. */
export interface WireRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Answer {
  status: number;
  /** S3's error code, '' when there is none. */
  code: string;
  message: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** Sends exactly these bytes and headers, without a client's own opinion on them. */
export const send = ({ method, url, headers, body }: WireRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        resolve({
          status: response.statusCode ?? 0,
          code: /<Code>(.*?)<\/Code>/.exec(text)?.[1] ?? '',
          message: /<Message>(.*?)<\/Message>/s.exec(text)?.[1] ?? '',
          headers: response.headers,
          body: text,
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });

export interface FormUpload {
  url: string;
  fields: Record<string, string>;
  bytes: Buffer;
}

/** A form as the API issues it: bound to key, type, size and digest for 15 minutes. */
export const signedForm = async ({ client }: RunningS3): Promise<FormUpload> => {
  const { url, fields } = await createPresignedPost(client, {
    Bucket: BUCKET,
    Key: KEY,
    Fields: {
      'Content-Type': CONTENT_TYPE,
      'x-amz-checksum-algorithm': 'SHA256',
      'x-amz-checksum-sha256': SHA256,
    },
    Conditions: [['content-length-range', BYTES.length, BYTES.length]],
    Expires: 900,
  });
  return { url, fields, bytes: BYTES };
};

/** Writes the form as multipart/form-data, the file last. */
export const wireForm = async ({ url, fields, bytes }: FormUpload): Promise<WireRequest> => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append('file', new Blob([new Uint8Array(bytes)]), '申报书.pdf');
  const response = new Response(form);
  const body = Buffer.from(await response.arrayBuffer());
  const contentType = response.headers.get('content-type') ?? '';
  return { method: 'POST', url, headers: { 'content-type': contentType, 'content-length': `${body.length}` }, body };
};

const putCommand = () =>
  new PutObjectCommand({
    Bucket: BUCKET,
    Key: KEY,
    ContentType: CONTENT_TYPE,
    ContentLength: BYTES.length,
    ChecksumSHA256: SHA256,
    Body: BYTES,
  });

/** A presigned PUT whose type, size and digest are signed headers. */
export const signedUrl = async ({ client }: RunningS3): Promise<WireRequest> => {
  const url = await getSignedUrl(client, putCommand(), {
    expiresIn: 900,
    signableHeaders: new Set(['content-type', 'content-length', 'host', 'x-amz-checksum-sha256']),
    unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
  });
  return {
    method: 'PUT',
    url,
    headers: {
      'content-type': CONTENT_TYPE,
      'content-length': String(BYTES.length),
      'x-amz-checksum-sha256': SHA256,
    },
    body: BYTES,
  };
};

const SignedRequest = z.object({
  headers: z.record(z.string(), z.string()),
  path: z.string(),
  query: z.record(z.string(), z.string()),
  body: z.union([z.instanceof(Uint8Array), z.instanceof(Readable)]),
});

/** What the SDK puts on the wire for a command, signed by header; nothing is sent. */
export const signedBy = async (client: S3Client, command: PutObjectCommand, endpoint: string): Promise<WireRequest> => {
  const signed: WireRequest[] = [];
  command.middlewareStack.add(
    () => async (args) => {
      const { headers, path, query, body } = SignedRequest.parse(args.request);
      const url = `${endpoint}${path}?${new URLSearchParams(query)}`;
      signed.push({
        method: 'PUT',
        url,
        headers,
        body: body instanceof Readable ? await buffer(body) : Buffer.from(body),
      });
      return { response: {}, output: { $metadata: {} } };
    },
    { step: 'finalizeRequest', priority: 'low', name: 'captureSigned' },
  );
  await client.send(command);
  const [request] = signed;
  if (request === undefined) throw new Error('The SDK signed nothing.');
  return request;
};

/** A PutObject with an Authorization header. */
export const signedHeaders = ({ client, endpoint }: RunningS3): Promise<WireRequest> =>
  signedBy(client, putCommand(), endpoint);
