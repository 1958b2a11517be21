import { createHash } from 'node:crypto';
import * as z from 'zod';
import { Problem } from '#shared/contract/problem.ts';
import { Upload } from '#shared/contract/upload.ts';

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

interface Send {
  readonly json?: unknown;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Record<string, string>;
}

export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Any HTTP client of the API: sends, reads, and says what came back where a test expected something else. */
export const client = (baseUrl: string, token?: string) => {
  const send = async (method: string, path: string, { json, body, headers }: Send = {}): Promise<Reply> => {
    const payload = json === undefined ? body : JSON.stringify(json);
    const reply = await fetch(new URL(path, baseUrl), {
      method,
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(payload === undefined ? {} : { body: payload }),
    });
    return { status: reply.status, headers: reply.headers, text: await reply.text() };
  };
  const expectStatus = (reply: Reply, status: number, what: string): void => {
    if (reply.status !== status)
      throw new Error(`${what}: ${status} expected, ${reply.status} came: ${reply.text.slice(0, 2_000)}`);
  };
  return {
    send,
    /** Sends, expects the status and reads the reply by its schema. */
    read: async <Schema extends z.ZodType>(
      schema: Schema,
      status: number,
      method: string,
      path: string,
      options: Send = {},
    ) => {
      const reply = await send(method, path, options);
      expectStatus(reply, status, `${method} ${path}`);
      return { body: schema.parse(reply.text === '' ? undefined : JSON.parse(reply.text)), headers: reply.headers };
    },
    /** Sends and expects a refusal of ours. */
    refused: async (
      status: number,
      method: string,
      path: string,
      options: Send = {},
    ): Promise<z.output<typeof Problem>> => {
      const reply = await send(method, path, options);
      expectStatus(reply, status, `${method} ${path}`);
      return Problem.parse(JSON.parse(reply.text));
    },
  };
};
export type Client = ReturnType<typeof client>;

/** Sends a file as the upload says: a form with the file last, or a PUT with exactly its headers. */
export const upload = async (how: z.output<typeof Upload>, bytes: Uint8Array<ArrayBuffer>): Promise<number> => {
  if (how.method === 'PUT') return (await fetch(how.url, { method: 'PUT', headers: how.headers, body: bytes })).status;
  const form = new FormData();
  for (const [name, value] of Object.entries(how.fields)) form.append(name, value);
  form.append('file', new Blob([bytes]), 'file');
  return (await fetch(how.url, { method: 'POST', body: form })).status;
};

const Announced = z.object({ attachmentId: z.string(), upload: Upload });

/** Announces a file and sends it. */
export const attach = async (
  api: Client,
  submissionId: string,
  file: {
    material: string;
    filename: string;
    contentType: string;
    bytes: Uint8Array<ArrayBuffer>;
    method?: 'POST' | 'PUT';
  },
): Promise<string> => {
  const { body } = await api.read(
    Announced,
    201,
    'POST',
    `/submissions/${submissionId}/attachments?method=${file.method ?? 'POST'}`,
    {
      json: {
        material: file.material,
        filename: file.filename,
        size: file.bytes.length,
        contentType: file.contentType,
        sha256: sha256(file.bytes),
      },
    },
  );
  const status = await upload(body.upload, file.bytes);
  if (status >= 300) throw new Error(`The upload of ${file.filename} was answered with ${status}.`);
  return body.attachmentId;
};

/** A small PDF that differs by its text. */
export const pdf = (text: string): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.from(`%PDF-1.4\n% ${text}\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n`));
