import { compactVerify, createLocalJWKSet } from 'jose';
import { beforeEach, describe, expect, test } from 'vitest';
import { getSubmissionReceipt } from '#functions/submissions/get-submission-receipt/get-submission-receipt.ts';
import { SignedReceipt } from '#shared/contract/signed-receipt.ts';
import { signedReceiptsRepository } from '#shared/data/signed-receipts-repository.ts';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import { canonicalJson } from '#shared/domain/canonical-json.ts';
import { verifiedPayload } from '#shared/signing/verify-jws.ts';
import { readyDraft } from '#test/support/draft-steps.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { type Sent, type SubmissionWorld, send, submissionWorld } from '#test/support/submission-world.ts';

const UNKNOWN = '0'.repeat(26);

let world: SubmissionWorld;
let submissionId: string;
let issued: Record<string, unknown>;

beforeEach(async () => {
  world = await submissionWorld();
  ({ submissionId } = await readyDraft(world));
  issued = (await send(world.app.submit, { params: { submissionId } })).body;
});

const ask = (sent: Sent = {}) => send(world.app.receipt, { params: { submissionId }, ...sent });
const read = async (sent: Sent = {}) => SignedReceipt.parse((await ask(sent)).body);

/** The reply as it goes out, a page or not. */
const raw = (headers: Record<string, string>, query: Record<string, string> = {}) =>
  world.app.receipt(
    httpEvent({ pathParameters: { submissionId }, claims: { sub: 'secretary', token_use: 'access' }, headers, query }),
    lambdaContext(),
  );

describe('the receipt', () => {
  test('is signed as it was given at the submit: every field of it, and nothing else', async () => {
    const { jws, ...receipt } = await read();
    expect(receipt).toEqual(issued);
    const keys = createLocalJWKSet({ keys: await world.signer.publicKeys() });
    const { payload, protectedHeader } = await compactVerify(jws, keys, { algorithms: ['ES256'] });
    expect(Buffer.from(payload).toString()).toBe(canonicalJson(issued));
    expect(protectedHeader.typ).toBe('shenbao-receipt+jwt');
    const { digest, ...rest } = issued;
    expect(digest).toBe(canonicalDigest(rest));
  });

  test('does not verify once it was tampered with', async () => {
    const { jws } = await read();
    const keys = await world.signer.publicKeys();
    const [header, , signature] = jws.split('.');
    for (const change of [{ submittedAt: '2022-03-01T00:00:00.000Z' }, { unitId: 'unit-2' }, { attachments: [] }]) {
      const forged = Buffer.from(canonicalJson({ ...issued, ...change })).toString('base64url');
      expect(verifiedPayload(`${header}.${forged}.${signature}`, keys, 'shenbao-receipt+jwt')).toBeUndefined();
    }
    expect(verifiedPayload(jws, keys, 'shenbao-receipt+jwt')).toBe(canonicalJson(issued));
  });

  test('has the same signature for all who ask, at once or later', async () => {
    const atOnce = await Promise.all(['secretary', 'officer', 'both', 'secretary'].map((subject) => read({ subject })));
    const later = await read({ subject: 'officer' });
    expect(new Set([...atOnce, later].map(({ jws }) => jws)).size).toBe(1);
  });

  test('is signed once asked for, not by the submit, and once only', async () => {
    let signed = 0;
    const counting = getSubmissionReceipt({
      ...world,
      receipts: signedReceiptsRepository(world.db, world.tables.receipts),
      standings: world.standings,
      signer: {
        sign: (...payload) => {
          signed += 1;
          return world.signer.sign(...payload);
        },
      },
    });
    await send(world.app.submit, { params: { submissionId } });
    expect(signed).toBe(0);
    await send(counting, { params: { submissionId } });
    await send(counting, { params: { submissionId } });
    expect(signed).toBe(1);
  });

  test('is for its unit and the officers: nobody else learns that there is one', async () => {
    for (const subject of ['secretary-2', 'outsider']) {
      expect((await ask({ subject })).status).toBe(404);
      expect((await ask({ subject, query: { receiptNo: String(issued.receiptNo) } })).status).toBe(404);
    }
  });
});

describe('a withdrawn receipt', () => {
  const withdraw = () => send(world.app.withdraw, { params: { submissionId } });

  test('says so, to its unit, by its number; the submission has none any more', async () => {
    const before = await read();
    await withdraw();
    expect((await ask()).body.code).toBe('NOT_SUBMITTED');
    const voided = await read({ query: { receiptNo: before.receiptNo } });
    expect(voided).toEqual({ ...before, withdrawnAt: expect.any(String) });
  });

  test('is not for the officers while the submission is a draft, as nothing of a draft is', async () => {
    await withdraw();
    const query = { receiptNo: String(issued.receiptNo) };
    expect((await ask({ subject: 'officer', query })).body.code).toBe('NOT_SUBMITTED');
    await send(world.app.submit, { params: { submissionId } });
    expect((await read({ subject: 'officer', query })).withdrawnAt).toEqual(expect.any(String));
    expect(await read({ subject: 'officer' })).not.toHaveProperty('withdrawnAt');
  });

  test('is printed as void, large', async () => {
    await withdraw();
    const { body } = await raw({}, { format: 'html', receiptNo: String(issued.receiptNo) });
    expect(body).toContain('<strong>已撤回　本回执作废</strong>');
  });

  test('is never that of another submission', async () => {
    const other = await readyDraft(world);
    await send(world.app.submit, { params: { submissionId: other.submissionId } });
    const query = { receiptNo: String(issued.receiptNo) };
    const asked = await ask({ params: { submissionId: other.submissionId }, query });
    expect(asked.body.code).toBe('NOT_FOUND');
    expect((await ask({ query: { receiptNo: UNKNOWN } })).body.code).toBe('NOT_FOUND');
  });
});

describe('the page', () => {
  const BROWSER = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

  test.each([
    ['a browser', { accept: BROWSER }, {}],
    ['Accept alone', { accept: 'text/html' }, {}],
    ['`format`, before Accept', { accept: 'application/json' }, { format: 'html' }],
  ])('is given to %s', async (_, headers, query) => {
    const reply = await raw(headers, query);
    expect(reply.statusCode).toBe(200);
    expect(reply.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      vary: 'accept, accept-language',
      'content-language': 'zh-CN',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
      ),
    });
    expect(reply.body).toContain('常德市医学会');
    expect(reply.body).toContain((await read()).jws);
  });

  test.each([
    ['curl', { accept: '*/*' }, {}],
    ['whoever names nothing', {}, {}],
    ['whoever takes JSON first', { accept: 'application/json, text/html;q=0.9' }, {}],
    ['`format`, before Accept', { accept: BROWSER }, { format: 'json' }],
  ])('is not given to %s', async (_, headers, query) => {
    const reply = await raw(headers, query);
    expect(reply.headers?.['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.headers?.vary).toBe('accept, accept-language');
  });

  test('is in English for whoever reads English', async () => {
    const reply = await raw({ accept: BROWSER, 'accept-language': 'en' });
    expect(reply.headers?.['content-language']).toBe('en');
    expect(reply.body).toContain('<h1>Receipt of submission</h1>');
  });

  test('is refused as JSON like everything else', async () => {
    const reply = await send(world.app.receipt, {
      params: { submissionId },
      subject: 'outsider',
      headers: { accept: BROWSER },
    });
    expect(reply.status).toBe(404);
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect((await ask({ query: { format: 'pdf' } })).status).toBe(400);
  });
});
