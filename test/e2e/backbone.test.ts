import { execFile } from 'node:child_process';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import canonicalize from 'canonicalize';
import { compactVerify, createRemoteJWKSet } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Stack, startStack } from '#infra/local/start-stack.ts';
import { Call, getForm, listCalls } from '#shared/contract/calls.ts';
import { checkReceipt } from '#shared/contract/check-receipt.ts';
import { Receipt } from '#shared/contract/receipts.ts';
import { SignedReceipt } from '#shared/contract/signed-receipt.ts';
import {
  consentToSubmission,
  createSubmission,
  listSubmissions,
  Submission,
  SubmissionHead,
  savePartners,
  validateSubmission,
} from '#shared/contract/submissions.ts';
import { Upload } from '#shared/contract/upload.ts';
import { attach, type Client, client, pdf, sha256, upload } from '#test/support/client.ts';

const run = promisify(execFile);
const CALL = 'changde-2022';
const EXAMPLES = 'shared/calls/changde-2022/examples';

let stack: Stack;
let anyone: Client;
let secretary: Client;
let secretary2: Client;
let officer: Client;
let answers: Record<string, unknown>;

beforeAll(async () => {
  stack = await startStack();
  anyone = client(stack.url);
  secretary = client(stack.url, await stack.token('secretary'));
  secretary2 = client(stack.url, await stack.token('secretary-2'));
  officer = client(stack.url, await stack.token('officer'));
  answers = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(await readFile(`${EXAMPLES}/party-building.json`, 'utf8')));
}, 120_000);

afterAll(async () => {
  await stack.stop();
});

const draftOf = async (api: Client, category: string, given?: Record<string, unknown>) =>
  (
    await api.read(createSubmission.reply, 201, 'POST', `/calls/${CALL}/submissions`, {
      json: { category, ...(given === undefined ? {} : { answers: given }) },
    })
  ).body;

/** Waits for the event function, as a client that polls would. */
const admitted = async (api: Client, submissionId: string) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const { body } = await api.read(Submission, 200, 'GET', `/submissions/${submissionId}`);
    if (body.attachments.every(({ state }) => state !== 'expected')) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The uploads were not looked at within 10 seconds.');
};

/** Waits for the malware scan too. */
const scanned = async (api: Client, submissionId: string) => {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const body = await admitted(api, submissionId);
    if (body.attachments.every(({ scan }) => scan !== 'pending')) return body;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('The uploads were not scanned within 10 seconds.');
};

const readyDraft = async (api: Client, name: string) => {
  const draft = await draftOf(api, '1', answers);
  await attach(api, draft.submissionId, {
    material: 'applicationForm',
    filename: `${name}.pdf`,
    contentType: 'application/pdf',
    bytes: pdf(name),
  });
  return draft.submissionId;
};

describe('anyone', () => {
  it('sees the open call with its categories, window and annexes, whose bytes are as announced', async () => {
    const { body } = await anyone.read(listCalls.reply, 200, 'GET', '/calls?status=open');
    expect(body.items.map(({ callId }) => callId)).toContain(CALL);
    const { body: call } = await anyone.read(Call, 200, 'GET', `/calls/${CALL}`);
    expect(call).toMatchObject({
      status: 'open',
      documentNumber: '常科协发〔2022〕4号',
      timezone: 'Asia/Shanghai',
      limitPerUnit: 3,
    });
    expect(call.categories.map(({ code, categories }) => [code, categories?.length ?? 0])).toEqual([
      ['1', 0],
      ['2', 7],
    ]);
    const [annex] = call.annexes;
    const redirect = await anyone.send('GET', annex?.href ?? '');
    expect(redirect.status).toBe(302);
    const file = await fetch(redirect.headers.get('location') ?? '');
    expect(sha256(new Uint8Array(await file.arrayBuffer()))).toBe(annex?.sha256);
    expect(file.headers.get('content-disposition')).toContain(encodeURIComponent(annex?.filename ?? ''));
  });

  it('fetches a form as JSON Schema 2020-12 that an independent validator accepts, and that accepts right answers', async () => {
    const { body } = await anyone.read(getForm.reply, 200, 'GET', `/calls/${CALL}/categories/1/form`);
    const ajv = new Ajv2020({ allErrors: true, strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(body.schema);
    expect(validate(answers), JSON.stringify(validate.errors)).toBe(true);
    expect(validate({ ...answers, unknownField: 1 })).toBe(false);
    expect(JSON.stringify(body.presentation)).toContain('学会党建');
  });

  it('is told by the gateway what the gateway refuses', async () => {
    expect(await anyone.send('POST', `/calls/${CALL}/submissions`, { json: {} })).toMatchObject({
      status: 401,
      text: '{"message":"Unauthorized"}',
    });
    expect(await anyone.send('GET', '/nowhere')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
    const large = new Uint8Array(10 * 1024 * 1024 + 1);
    expect(await secretary.send('PUT', `/submissions/${'0'.repeat(26)}/answers`, { body: large })).toMatchObject({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    });
  });

  it('reads the documentation', async () => {
    expect(
      z.object({ openapi: z.literal('3.1.0') }).parse(JSON.parse((await anyone.send('GET', '/openapi.json')).text)),
    ).toBeDefined();
    expect((await anyone.send('GET', '/docs')).text).toContain('swagger-ui-bundle.js');
    expect((await anyone.send('GET', '/docs/swagger-ui-bundle.js')).text.length).toBeGreaterThan(1_000_000);
    expect((await anyone.send('GET', '/docs/other.js')).status).toBe(404);
  });
});

describe("a unit's secretary", () => {
  it('goes the whole way: draft, save, attach by POST and PUT, check, submit, receipt, withdraw, submit again', async () => {
    const key = { headers: { 'idempotency-key': 'first-try' }, json: { category: '1' } };
    const { body: draft } = await secretary.read(
      createSubmission.reply,
      201,
      'POST',
      `/calls/${CALL}/submissions`,
      key,
    );
    const again = await secretary.read(createSubmission.reply, 201, 'POST', `/calls/${CALL}/submissions`, key);
    expect(again.body.submissionId).toBe(draft.submissionId);
    const reused = await secretary.refused(422, 'POST', `/calls/${CALL}/submissions`, {
      ...key,
      json: { category: '2-2' },
    });
    expect(reused.code).toBe('IDEMPOTENCY_KEY_REUSED');

    const path = `/submissions/${draft.submissionId}`;
    expect((await secretary.refused(428, 'PUT', `${path}/answers`, { json: answers })).code).toBe(
      'PRECONDITION_REQUIRED',
    );
    const first = await secretary.send('GET', path);
    const etag = first.headers.get('etag') ?? '';
    const saved = await secretary.send('PUT', `${path}/answers`, { json: answers, headers: { 'if-match': etag } });
    expect(saved.status).toBe(200);
    expect(saved.headers.get('etag')).not.toBe(etag);
    expect(
      (await secretary.refused(412, 'PUT', `${path}/answers`, { json: answers, headers: { 'if-match': etag } })).code,
    ).toBe('PRECONDITION_FAILED');

    const incomplete = await secretary.read(validateSubmission.reply, 200, 'POST', `${path}/validate`);
    expect(incomplete.body).toMatchObject({ ready: false, errors: [{ code: 'MATERIAL_MISSING' }] });
    await attach(secretary, draft.submissionId, {
      material: 'applicationForm',
      filename: '申报书（盖章）.pdf',
      contentType: 'application/pdf',
      bytes: pdf('POST'),
    });
    await attach(secretary, draft.submissionId, {
      material: 'applicationForm',
      filename: '申报书 第2页.pdf',
      contentType: 'application/pdf',
      bytes: pdf('PUT'),
      method: 'PUT',
    });
    const complete = await admitted(secretary, draft.submissionId);
    expect(complete.attachments.map(({ state }) => state)).toEqual(['admitted', 'admitted']);
    expect((await secretary.read(validateSubmission.reply, 200, 'POST', `${path}/validate`)).body).toEqual({
      ready: true,
      errors: [],
    });

    const { body: receipt } = await secretary.read(Receipt, 200, 'POST', `${path}/submit`);
    const { digest, ...rest } = receipt;
    expect(digest).toBe(sha256(canonicalize(rest) ?? ''));
    expect(receipt.answersDigest).toBe(sha256(canonicalize(complete.answers) ?? ''));
    expect(receipt.attachments.map(({ filename }) => filename).sort()).toEqual([
      '申报书 第2页.pdf',
      '申报书（盖章）.pdf',
    ]);
    expect((await secretary.read(Receipt, 200, 'POST', `${path}/submit`)).body).toEqual(receipt);
    const { jws, ...given } = (await secretary.read(SignedReceipt, 200, 'GET', `${path}/receipt`)).body;
    expect(given).toEqual(receipt);
    const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', stack.url));
    const { payload } = await compactVerify(jws, keys, { algorithms: ['ES256'] });
    expect(JSON.parse(Buffer.from(payload).toString())).toEqual(receipt);
    const page = await secretary.send('GET', `${path}/receipt`, { headers: { accept: 'text/html' } });
    expect(page.text).toContain(jws);
    const { body: confirmed } = await anyone.read(checkReceipt.reply, 200, 'GET', `/receipts/${receipt.receiptNo}`);
    expect(confirmed).toEqual({
      receiptNo: receipt.receiptNo,
      callId: CALL,
      submittedAt: receipt.submittedAt,
      digest,
      status: 'submitted',
    });

    expect(
      (await secretary.refused(409, 'PUT', `${path}/answers`, { json: answers, headers: { 'if-match': '*' } })).code,
    ).toBe('NOT_A_DRAFT');
    expect((await secretary.refused(409, 'DELETE', path)).code).toBe('NOT_A_DRAFT');
    expect((await secretary.read(SubmissionHead, 200, 'POST', `${path}/withdraw`)).body.status).toBe('draft');
    expect((await anyone.read(checkReceipt.reply, 200, 'GET', `/receipts/${receipt.receiptNo}`)).body.status).toBe(
      'withdrawn',
    );
    const { body: second } = await secretary.read(Receipt, 200, 'POST', `${path}/submit`);
    expect(second.receiptNo).not.toBe(receipt.receiptNo);
    expect(second.answersDigest).toBe(receipt.answersDigest);
  });

  it('downloads an attachment under its Chinese name, by redirect or as an address', async () => {
    const draft = await draftOf(secretary2, '1');
    const attachmentId = await attach(secretary2, draft.submissionId, {
      material: 'applicationForm',
      filename: '申报书.pdf',
      contentType: 'application/pdf',
      bytes: pdf('download'),
    });
    await scanned(secretary2, draft.submissionId);
    const path = `/submissions/${draft.submissionId}/attachments/${attachmentId}`;
    const redirect = await secretary2.send('GET', path);
    expect(redirect.status).toBe(302);
    const file = await fetch(redirect.headers.get('location') ?? '');
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="download.pdf"; filename*=UTF-8''${encodeURIComponent('申报书.pdf')}`,
    );
    expect(new Uint8Array(await file.arrayBuffer())).toEqual(pdf('download'));
    const { body } = await secretary2.read(z.object({ url: z.string(), expiresAt: z.string() }), 200, 'GET', path, {
      headers: { accept: 'application/json' },
    });
    expect((await fetch(body.url)).status).toBe(200);
    expect((await secretary2.send('DELETE', path)).status).toBe(204);
    expect((await secretary2.refused(404, 'GET', path)).code).toBe('NOT_FOUND');
  });

  it('gives nobody a file in which the scan found malware, and refuses its submit', async () => {
    const draft = await draftOf(secretary2, '1', answers);
    const attachmentId = await attach(secretary2, draft.submissionId, {
      material: 'applicationForm',
      filename: '申报书.pdf',
      contentType: 'application/pdf',
      // In two parts, so that no scanner takes this file for one.
      bytes: pdf(['X5O!P%@AP[4\\PZX54(P^)7CC)7}', '$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('')),
    });
    expect(await scanned(secretary2, draft.submissionId)).toMatchObject({ attachments: [{ scan: 'threat' }] });
    const path = `/submissions/${draft.submissionId}`;
    expect((await secretary2.refused(409, 'GET', `${path}/attachments/${attachmentId}`)).code).toBe('MALWARE_FOUND');
    const { errors } = await secretary2.refused(422, 'POST', `${path}/submit`);
    expect(errors).toMatchObject([{ path: `attachments.${attachmentId}`, code: 'MALWARE_FOUND' }]);
    expect((await secretary2.send('DELETE', path)).status).toBe(204);
  });

  it('uploads with curl alone', async () => {
    const draft = await draftOf(secretary2, '1');
    const folder = await mkdtemp(join(tmpdir(), 'shenbao-'));
    const file = join(folder, 'f.pdf');
    await writeFile(file, pdf('curl'));
    for (const method of ['POST', 'PUT']) {
      const { body } = await secretary2.read(
        z.object({
          attachmentId: z.string(),
          upload: z.object({
            url: z.string(),
            fields: z.record(z.string(), z.string()).default({}),
            headers: z.record(z.string(), z.string()).default({}),
          }),
        }),
        201,
        'POST',
        `/submissions/${draft.submissionId}/attachments?method=${method}`,
        {
          json: {
            material: 'applicationForm',
            filename: 'f.pdf',
            size: pdf('curl').length,
            contentType: 'application/pdf',
            sha256: sha256(pdf('curl')),
          },
        },
      );
      const fields = Object.entries(body.upload.fields).flatMap(([name, value]) => ['-F', `${name}=${value}`]);
      const headers = Object.entries(body.upload.headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]);
      const send =
        method === 'POST' ? [...fields, '-F', `file=@${file}`] : ['-X', 'PUT', ...headers, '--data-binary', `@${file}`];
      await run('curl', ['-sS', '--fail-with-body', ...send, body.upload.url]);
    }
    expect((await admitted(secretary2, draft.submissionId)).attachments.map(({ state }) => state)).toEqual([
      'admitted',
      'admitted',
    ]);
  });

  it('is told why a file that is not what its name says was refused, and cannot submit with it', async () => {
    const draft = await draftOf(secretary2, '1', answers);
    await attach(secretary2, draft.submissionId, {
      material: 'applicationForm',
      filename: '申报书.pdf',
      contentType: 'application/pdf',
      bytes: new Uint8Array(Buffer.from('MZ this is no PDF at all')),
    });
    const { attachments } = await admitted(secretary2, draft.submissionId);
    expect(attachments).toMatchObject([{ state: 'refused', reason: expect.stringMatching(/\p{Script=Han}/u) }]);
    const problem = await secretary2.refused(422, 'POST', `/submissions/${draft.submissionId}/submit`);
    expect(problem.errors.map(({ code }) => code)).toContain('ATTACHMENT_REFUSED');
  });

  it('cannot upload other bytes than announced', async () => {
    const draft = await draftOf(secretary2, '1');
    const { body } = await secretary2.read(
      z.object({ upload: z.unknown() }),
      201,
      'POST',
      `/submissions/${draft.submissionId}/attachments`,
      {
        json: {
          material: 'applicationForm',
          filename: 'a.pdf',
          size: pdf('one').length,
          contentType: 'application/pdf',
          sha256: sha256(pdf('one')),
        },
      },
    );
    expect(await upload(Upload.parse(body.upload), pdf('two'))).toBeGreaterThanOrEqual(400);
    expect(await upload(Upload.parse(body.upload), pdf('longer than announced'))).toBeGreaterThanOrEqual(400);
  });

  it('hands in three at most, and is told so with the figures', async () => {
    const drafts = [];
    for (const name of ['a', 'b', 'c', 'd']) drafts.push(await readyDraft(secretary2, name));
    for (const submissionId of drafts.slice(0, 3))
      await secretary2.read(Receipt, 200, 'POST', `/submissions/${submissionId}/submit`);
    const problem = await secretary2.refused(409, 'POST', `/submissions/${drafts[3]}/submit`);
    expect(problem).toMatchObject({ code: 'LIMIT_REACHED', limit: 3, count: 3 });
    await secretary2.read(SubmissionHead, 200, 'POST', `/submissions/${drafts[0]}/withdraw`);
    await secretary2.read(Receipt, 200, 'POST', `/submissions/${drafts[3]}/submit`);
  });

  it("cannot see or touch another unit's submission, and is told no more than for one that does not exist", async () => {
    const draft = await draftOf(secretary, '1');
    const unknown = '0'.repeat(26);
    for (const [method, suffix] of [
      ['GET', ''],
      ['DELETE', ''],
      ['POST', '/submit'],
      ['POST', '/validate'],
      ['POST', '/withdraw'],
      ['GET', '/receipt'],
    ]) {
      const own = await secretary2.refused(404, method ?? '', `/submissions/${draft.submissionId}${suffix}`);
      const none = await secretary2.refused(404, method ?? '', `/submissions/${unknown}${suffix}`);
      expect({ ...own, requestId: '' }).toEqual({ ...none, requestId: '' });
    }
  });
});

describe('two units together', () => {
  it('go from naming to consent, submit and receipt, and both see it', async () => {
    const submissionId = await readyDraft(secretary, 'joint');
    const path = `/submissions/${submissionId}`;
    await secretary2.refused(404, 'GET', path);
    await secretary.read(savePartners.reply, 200, 'PUT', `${path}/partners`, {
      json: { partners: ['changde-nongxue'] },
    });
    const early = await secretary.refused(422, 'POST', `${path}/submit`);
    expect(early.errors).toMatchObject([{ path: 'partners[0]', code: 'CONSENT_MISSING' }]);
    expect((await secretary2.read(Submission, 200, 'GET', path)).body.answers).toBeDefined();
    const { body: consented } = await secretary2.read(consentToSubmission.reply, 200, 'POST', `${path}/consent`);
    expect(consented.partners).toMatchObject([{ unitId: 'changde-nongxue', name: '常德市农学会' }]);

    const { body: receipt } = await secretary.read(Receipt, 200, 'POST', `${path}/submit`);
    expect(receipt.partners).toEqual([{ unitId: 'changde-nongxue', name: '常德市农学会' }]);
    expect((await secretary2.read(Receipt, 200, 'GET', `${path}/receipt`)).body).toEqual(receipt);
    expect((await secretary2.refused(409, 'DELETE', `${path}/consent`)).code).toBe('NOT_A_DRAFT');
    for (const [api, role] of [
      [secretary, 'lead'],
      [secretary2, 'partner'],
    ] as const) {
      const { body: list } = await api.read(listSubmissions.reply, 200, 'GET', '/submissions?limit=100');
      expect(list.items.find((item) => item.submissionId === submissionId)).toMatchObject({
        status: 'submitted',
        role,
        partnerCount: 1,
      });
    }
    await secretary.read(SubmissionHead, 200, 'POST', `${path}/withdraw`);
  });
});

describe('the officer', () => {
  it('reads submitted submissions whole, and of drafts the head alone', async () => {
    const draft = await draftOf(secretary, '1', answers);
    const { body } = await officer.read(Submission, 200, 'GET', `/submissions/${draft.submissionId}`);
    expect(body.answers).toBeUndefined();
    expect(body.answered).toBeGreaterThan(10);
    const { body: list } = await officer.read(
      z.object({ items: z.array(SubmissionHead), nextCursor: z.string().optional() }),
      200,
      'GET',
      `/calls/${CALL}/submissions?status=submitted&limit=100`,
    );
    expect(list.items.length).toBeGreaterThan(0);
    const [submitted] = list.items;
    expect(
      (await officer.read(Submission, 200, 'GET', `/submissions/${submitted?.submissionId}`)).body.answers,
    ).toBeDefined();
    expect((await secretary.refused(404, 'GET', `/calls/${CALL}/submissions`)).code).toBe('NOT_FOUND');
  });

  it('has a call checked with every fault by its path, and cannot take back what is in use', async () => {
    const problem = await officer.refused(422, 'PUT', '/calls/broken-call', {
      headers: { 'content-type': 'application/yaml' },
      body: 'organiser: changde-kexie\ntitle: 测试\ncategories:\n  - code: "1"\n    title: 甲\n    applicants: []\n    surprise: 1\n',
    });
    expect(problem.code).toBe('VALIDATION_FAILED');
    expect(problem.errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'documentNumber',
        'opens',
        'closes',
        'forms',
        'categories[0].surprise',
        'categories[0].applicants',
      ]),
    );
    expect((await officer.refused(409, 'POST', `/calls/${CALL}/unpublish`)).code).toBe('HAS_DRAFTS');
    expect(
      (
        await secretary.refused(404, 'PUT', '/calls/broken-call', {
          headers: { 'content-type': 'application/yaml' },
          body: 'organiser: changde-kexie\n',
        })
      ).code,
    ).toBe('NOT_FOUND');
  });
});
