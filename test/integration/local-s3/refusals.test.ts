import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOf, contents, type RunningS3, runS3 } from './fixture.ts';
import {
  BYTES,
  type FormUpload,
  KEY,
  send,
  signedForm,
  signedHeaders,
  signedUrl,
  type WireRequest,
  wireForm,
} from './signed-uploads.ts';

const LONGER = Buffer.concat([BYTES, Buffer.from('!')]);
const SHORTER = BYTES.subarray(0, -1);
const OTHER = Buffer.from(BYTES.map((byte, index) => (index === 9 ? byte ^ 1 : byte)));
const OTHER_KEY = 'calls/c1/submissions/s2/a1';
const OTHER_DIGEST = `${'A'.repeat(43)}=`;
/** Past the 15 minutes that an upload is issued for, and that a signing clock may be off. */
const LATER_MS = 901_000;

interface Attack {
  what: string;
  request: (s3: RunningS3) => Promise<WireRequest>;
  status: number;
  code: string;
  message?: RegExp;
  /** How far the server's clock has moved on when the request arrives. */
  laterMs?: number;
}

const withBody = (request: WireRequest, body: Buffer): WireRequest => ({
  ...request,
  headers: { ...request.headers, 'content-length': String(body.length) },
  body,
});
const withHeader = (request: WireRequest, name: string, value: string): WireRequest => ({
  ...request,
  headers: { ...request.headers, [name]: value },
});
const withoutHeader = (request: WireRequest, name: string): WireRequest => ({
  ...request,
  headers: Object.fromEntries(Object.entries(request.headers).filter(([candidate]) => candidate !== name)),
});
const withUrl = (request: WireRequest, change: (url: string) => string): WireRequest => ({
  ...request,
  url: change(request.url),
});
/** Another last hex digit. */
const flipLast = (signature: string): string => signature.slice(0, -1) + (signature.endsWith('0') ? '1' : '0');

const form =
  (change: (form: FormUpload) => Partial<FormUpload>) =>
  async (s3: RunningS3): Promise<WireRequest> => {
    const issued = await signedForm(s3);
    return wireForm({ ...issued, ...change(issued) });
  };
const formFields = (change: (fields: Record<string, string>) => Record<string, string>) =>
  form(({ fields }) => ({ fields: change(fields) }));
const without = (fields: Record<string, string>, ...names: string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));
const reissuedPolicy = (fields: Record<string, string>): string => {
  const policy = Buffer.from(fields.Policy ?? '', 'base64').toString('utf8');
  return Buffer.from(policy.replaceAll(KEY, OTHER_KEY)).toString('base64');
};
const FORM_SIGNING = ['Policy', 'X-Amz-Signature', 'X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date'];

const formAttacks: Attack[] = [
  {
    what: 'another key',
    request: formFields((fields) => ({ ...fields, key: OTHER_KEY })),
    status: 403,
    code: 'AccessDenied',
    message: /Policy Condition failed: \[&quot;eq&quot;, &quot;\$key&quot;/,
  },
  {
    what: 'another type',
    request: formFields((fields) => ({ ...fields, 'Content-Type': 'text/html' })),
    status: 403,
    code: 'AccessDenied',
    message: /\$content-type/,
  },
  { what: 'a byte too many', request: form(() => ({ bytes: LONGER })), status: 400, code: 'EntityTooLarge' },
  { what: 'a byte too few', request: form(() => ({ bytes: SHORTER })), status: 400, code: 'EntityTooSmall' },
  { what: 'other bytes', request: form(() => ({ bytes: OTHER })), status: 400, code: 'BadDigest', message: /SHA256/ },
  {
    what: 'another declared digest',
    request: formFields((fields) => ({ ...fields, 'x-amz-checksum-sha256': OTHER_DIGEST })),
    status: 403,
    code: 'AccessDenied',
  },
  {
    what: 'no declared digest',
    request: formFields((fields) => without(fields, 'x-amz-checksum-sha256', 'x-amz-checksum-algorithm')),
    status: 403,
    code: 'AccessDenied',
  },
  {
    what: 'an extra field',
    request: formFields((fields) => ({ ...fields, 'x-amz-meta-note': 'x' })),
    status: 403,
    code: 'AccessDenied',
    message: /Extra input fields: x-amz-meta-note/,
  },
  {
    what: 'an expired policy',
    request: form(() => ({})),
    status: 403,
    code: 'AccessDenied',
    message: /Policy expired/,
    laterMs: LATER_MS,
  },
  {
    what: 'a tampered signature',
    request: formFields((fields) => ({ ...fields, 'X-Amz-Signature': flipLast(fields['X-Amz-Signature'] ?? '') })),
    status: 403,
    code: 'SignatureDoesNotMatch',
  },
  {
    what: 'a rewritten policy',
    request: formFields((fields) => ({ ...fields, key: OTHER_KEY, Policy: reissuedPolicy(fields) })),
    status: 403,
    code: 'SignatureDoesNotMatch',
  },
  {
    what: 'no signature at all',
    request: formFields((fields) => without(fields, ...FORM_SIGNING)),
    status: 403,
    code: 'AccessDenied',
    message: /^Access Denied$/,
  },
  {
    what: 'another bucket than the form was issued for',
    request: form(({ url }) => ({ url: url.replace('/materials', '/exports') })),
    status: 403,
    code: 'AccessDenied',
    message: /\$bucket/,
  },
  {
    what: 'a field after the file',
    request: async (s3) => {
      const request = await wireForm(await signedForm(s3));
      const body = request.body.toString('latin1');
      const boundary = body.slice(0, body.indexOf('\r\n'));
      const extra = `${boundary}\r\nContent-Disposition: form-data; name="late"\r\n\r\nx\r\n${boundary}--\r\n`;
      return withBody(request, Buffer.from(body.slice(0, body.lastIndexOf(boundary)) + extra, 'latin1'));
    },
    status: 400,
    code: 'MalformedPOSTRequest',
  },
  {
    what: 'a form cut short',
    request: async (s3) => {
      const request = await wireForm(await signedForm(s3));
      return withBody(request, request.body.subarray(0, -8));
    },
    status: 400,
    code: 'MalformedPOSTRequest',
  },
];

/** What holds for both ways of signing a PUT. */
const putAttacks = (
  upload: (s3: RunningS3) => Promise<WireRequest>,
  tampered: (request: WireRequest) => WireRequest,
  unsigned: (request: WireRequest) => WireRequest,
): Attack[] => {
  const changed = (change: (request: WireRequest) => WireRequest) => async (s3: RunningS3) => change(await upload(s3));
  const mismatch = { status: 403, code: 'SignatureDoesNotMatch' };
  return [
    { what: 'another key', request: changed((put) => withUrl(put, (url) => url.replace(KEY, OTHER_KEY))), ...mismatch },
    { what: 'another type', request: changed((put) => withHeader(put, 'content-type', 'text/html')), ...mismatch },
    { what: 'no type', request: changed((put) => withoutHeader(put, 'content-type')), ...mismatch },
    { what: 'a byte too many', request: changed((put) => withBody(put, LONGER)), ...mismatch },
    { what: 'a byte too few', request: changed((put) => withBody(put, SHORTER)), ...mismatch },
    {
      what: 'another declared digest',
      request: changed((put) => withHeader(put, 'x-amz-checksum-sha256', OTHER_DIGEST)),
      ...mismatch,
    },
    { what: 'no declared digest', request: changed((put) => withoutHeader(put, 'x-amz-checksum-sha256')), ...mismatch },
    {
      what: 'an unsigned x-amz header',
      request: changed((put) => withHeader(put, 'x-amz-meta-note', 'x')),
      status: 403,
      code: 'AccessDenied',
      message: /headers present in the request which were not signed/,
    },
    {
      what: 'an unsigned copy source',
      request: changed((put) => withHeader(put, 'x-amz-copy-source', '/materials/secret')),
      status: 403,
      code: 'AccessDenied',
    },
    { what: 'a tampered signature', request: changed(tampered), ...mismatch },
    { what: 'another method', request: changed((put) => ({ ...put, method: 'DELETE' })), ...mismatch },
    {
      what: 'no signature at all',
      request: changed(unsigned),
      status: 403,
      code: 'AccessDenied',
      message: /^Access Denied$/,
    },
    {
      what: "a stranger's key",
      request: (s3) =>
        upload({ ...s3, client: clientOf(s3.endpoint, { accessKeyId: 'AKIDOTHER', secretAccessKey: 'x' }) }),
      status: 403,
      code: 'InvalidAccessKeyId',
    },
    {
      what: 'a wrong secret',
      request: (s3) =>
        upload({ ...s3, client: clientOf(s3.endpoint, { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'x' }) }),
      ...mismatch,
    },
  ];
};

const urlAttacks: Attack[] = [
  ...putAttacks(
    signedUrl,
    (put) => withUrl(put, (url) => url.replace(/(?<=X-Amz-Signature=)[0-9a-f]+/, flipLast)),
    (put) => withUrl(withoutHeader(put, 'x-amz-checksum-sha256'), (url) => url.replace(/\?.*/, '')),
  ),
  {
    what: 'other bytes',
    request: async (s3) => ({ ...(await signedUrl(s3)), body: OTHER }),
    status: 400,
    code: 'BadDigest',
    message: /SHA256/,
  },
  {
    what: 'an expired URL',
    request: signedUrl,
    status: 403,
    code: 'AccessDenied',
    message: /^Request has expired$/,
    laterMs: LATER_MS,
  },
  {
    what: 'a longer life than was signed',
    request: async (s3) =>
      withUrl(await signedUrl(s3), (url) => url.replace('X-Amz-Expires=900', 'X-Amz-Expires=9000')),
    status: 403,
    code: 'SignatureDoesNotMatch',
    laterMs: LATER_MS,
  },
  {
    what: 'a life of more than a week',
    request: async (s3) =>
      withUrl(await signedUrl(s3), (url) => url.replace('X-Amz-Expires=900', 'X-Amz-Expires=604801')),
    status: 400,
    code: 'AuthorizationQueryParametersError',
  },
];

const headerAttacks: Attack[] = [
  ...putAttacks(
    signedHeaders,
    (put) => withHeader(put, 'authorization', flipLast(put.headers.authorization ?? '')),
    (put) => withoutHeader(put, 'authorization'),
  ),
  {
    what: 'other bytes',
    request: async (s3) => ({ ...(await signedHeaders(s3)), body: OTHER }),
    status: 400,
    code: 'XAmzContentSHA256Mismatch',
  },
  {
    what: 'a signature of more than 15 minutes ago',
    request: signedHeaders,
    status: 403,
    code: 'RequestTimeTooSkewed',
    laterMs: LATER_MS,
  },
  {
    what: 'a signature of more than 15 minutes ahead',
    request: signedHeaders,
    status: 403,
    code: 'RequestTimeTooSkewed',
    laterMs: -LATER_MS,
  },
];

let s3: RunningS3;
beforeEach(async () => {
  s3 = await runS3();
});
afterEach(() => s3.close());

describe.each([
  { kind: 'form upload', attacks: formAttacks },
  { kind: 'presigned PUT', attacks: urlAttacks },
  { kind: 'header-signed PUT', attacks: headerAttacks },
])('a $kind', ({ attacks }) => {
  it.each(attacks)(
    'is refused with $what, and stores nothing',
    async ({ request, status, code, message, laterMs = 0 }) => {
      const wire = await request(s3);
      s3.advance(laterMs);
      const answer = await send(wire);
      s3.advance(-laterMs);

      expect(answer).toMatchObject({ status, code });
      expect(answer.message).toMatch(message ?? /./);
      expect(await contents(s3)).toEqual({ versions: 0, markers: 0, files: 0 });
      expect(s3.created).toEqual([]);
    },
  );
});

it('asks for the Content-Length of a form', async () => {
  const wire = await wireForm(await signedForm(s3));
  const chunked = withHeader(withoutHeader(wire, 'content-length'), 'transfer-encoding', 'chunked');
  expect(await send(chunked)).toMatchObject({ status: 411, code: 'MissingContentLength' });
  expect(await contents(s3)).toEqual({ versions: 0, markers: 0, files: 0 });
});
