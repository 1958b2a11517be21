import type { Upload } from '#shared/contract/upload.ts';

/**
 * Sends a file straight to S3 by the right that the API gave out.
 * @returns the status and, of a refusal, S3's error code
 */
export const sendFile = async (
  upload: Upload,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<{ status: number; code?: string }> => {
  const send = (): Promise<Response> => {
    if (upload.method === 'PUT') return fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes });
    const form = new FormData();
    for (const [name, value] of Object.entries(upload.fields)) form.set(name, value);
    // S3 ignores every field after the file.
    form.set('file', new Blob([bytes]), 'file');
    return fetch(upload.url, { method: 'POST', body: form });
  };
  const reply = await send();
  const code = /<Code>([^<]+)<\/Code>/.exec(await reply.text())?.[1];
  return { status: reply.status, ...(code === undefined ? {} : { code }) };
};
