import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { settleArrival } from '#shared/storage/settle-arrival.ts';
import { contents } from '#test/integration/local-s3/fixture.ts';
import { newDraft } from '#test/support/draft-steps.ts';
import { CLOSES_AT, send, WHILE_OPEN } from '#test/support/submission-world.ts';
import { ANNOUNCEMENTS } from './announcements.ts';
import {
  type AttackedUploads,
  declarationOf,
  formOf,
  type Place,
  put,
  startAttackedUploads,
  uploadIn,
} from './attacked-uploads.ts';
import { DISGUISES, HONEST } from './disguises.ts';
import { FORMS, sendForm } from './requests.ts';

let uploads: AttackedUploads;
beforeAll(async () => {
  uploads = await startAttackedUploads();
}, 120_000);
afterAll(() => uploads.close());

describe('an announcement', () => {
  let submissionId: string;
  beforeAll(async () => {
    submissionId = await newDraft(uploads.world);
  });

  test.each(ANNOUNCEMENTS)('of %s is refused and keeps nothing', async (_title, change) => {
    const body = { ...declarationOf(HONEST), ...change };
    const reply = await send(uploads.world.app.announce, { params: { submissionId }, body });
    expect([400, 422]).toContain(reply.status);
    expect((await uploads.world.submissions.load(submissionId))?.attachments).toEqual([]);
  });
});

describe('an upload that is bound to one file', () => {
  test.each(FORMS)('stores nothing where it is sent with %s', async (_title, parts) => {
    const place = await uploads.announced();
    const before = await contents(uploads.s3);
    const reply = await sendForm(formOf(place).url, parts(formOf(place)));
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(await contents(uploads.s3)).toEqual(before);
    expect((await uploads.submit(place)).body.errors).toMatchObject([{ code: 'ATTACHMENT_NOT_UPLOADED' }]);
  });

  const CHANGES: readonly (readonly [string, (place: Place) => Promise<Response>])[] = [
    ['another type', (place) => put(place, { 'content-type': 'text/html' })],
    ['another digest', (place) => put(place, { 'x-amz-checksum-sha256': Buffer.alloc(32).toString('base64') })],
    ['other bytes', (place) => put(place, {}, Buffer.alloc(HONEST.length, 'x'))],
    ['leave to overwrite', (place) => put(place, { 'if-none-match': 'no' })],
    ['a header of S3 more', (place) => put(place, { 'x-amz-acl': 'public-read' })],
    ['another key', (place) => put(place, {}, HONEST, place.upload.url.replace(place.attachmentId, '1'.repeat(26)))],
    ['another query', (place) => put(place, {}, HONEST, `${place.upload.url}&versionId=null`)],
    [
      'a longer time',
      (place) => put(place, {}, HONEST, place.upload.url.replace(/X-Amz-Expires=\d+/, 'X-Amz-Expires=604800')),
    ],
    ['another method', (place) => fetch(place.upload.url)],
    ['DELETE', (place) => fetch(place.upload.url, { method: 'DELETE' })],
    ['a listing', (place) => fetch(place.upload.url.replace(/\/submissions\/[^?]+/, ''))],
    ['rights to the object', (place) => fetch(`${place.upload.url}&acl`)],
  ];
  test.each(CHANGES)('by PUT stores and shows nothing where it is sent with %s', async (_title, attack) => {
    const place = await uploads.announced(HONEST, { method: 'PUT' });
    const before = await contents(uploads.s3);
    const reply = await attack(place);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(await contents(uploads.s3)).toEqual(before);
  });
});

describe('bytes that are as announced and no PDF', () => {
  test.each(DISGUISES)('are refused and removed: %s', async (_title, bytes) => {
    const place = await uploads.announced(bytes);
    expect(await uploads.sent(place, bytes)).toBe(204);
    expect(await uploads.arrive(place)).toHaveLength(1);
    expect(await uploads.attachmentOf(place)).toMatchObject({ state: 'refused', reason: 'TYPE_DIFFERS' });
    expect((await uploads.download(place)).body.code).toBe('ATTACHMENT_NOT_AVAILABLE');
    expect((await uploads.submit(place)).body.errors).toMatchObject([{ code: 'ATTACHMENT_REFUSED' }]);
  });

  test('would be found where an admission believed what was announced', async () => {
    const [, page = HONEST] = DISGUISES[0] ?? [];
    const place = await uploads.announced(page);
    await uploads.sent(place, page);
    const versionId = uploads.s3.created.find(({ key }) => key === place.key)?.versionId ?? '';
    const { size, sha256 } = declarationOf(page);
    // The wrong variant: it looks at nothing.
    const believing = {
      inspect: async () => ({ versionId, size, sha256, family: 'pdf' as const, storedAt: WHILE_OPEN }),
    };
    const ports = { ...uploads.world, verdicts: uploads.world.attachments, objects: believing, now: Date.now };
    expect(await settleArrival(ports, { ...place, versionId })).toBe('pinned');
    expect(await uploads.attachmentOf(place)).not.toMatchObject({ state: 'refused' });
  });
});

describe('a right to upload', () => {
  test('used again after the admission leaves the pinned version as it was', async () => {
    const place = await uploads.admitted();
    const pinned = (await uploads.attachmentOf(place))?.versionId;
    await uploads.sent(place);
    await uploads.arrive(place);
    expect((await uploads.attachmentOf(place))?.versionId).toBe(pinned);
  });

  test('used again after the submit changes neither receipt nor file', async () => {
    const place = await uploads.admitted();
    const pinned = (await uploads.attachmentOf(place))?.versionId ?? '';
    const { body } = await uploads.submit(place);
    await uploads.sent(place);
    await uploads.arrive(place);
    expect((await uploads.submit(place)).body).toEqual(body);
    const { headers } = await uploads.download(place, 'officer');
    expect(new URL(String(headers.location)).searchParams.get('versionId')).toBe(pinned);
    await send(uploads.world.app.withdraw, { params: { submissionId: place.submissionId } });
  });

  test('by PUT never overwrites', async () => {
    const place = await uploads.announced(HONEST, { method: 'PUT' });
    expect((await put(place)).status).toBe(200);
    expect((await put(place)).status).toBe(412);
  });

  test('is good for a quarter of an hour, and never past the deadline', async () => {
    const place = await uploads.announced();
    const submissionId = await newDraft(uploads.world);
    const body = declarationOf(HONEST);
    const reply = await send(uploads.world.app.announce, {
      params: { submissionId },
      body,
      receivedAt: CLOSES_AT - 1_000,
    });
    expect(uploadIn(reply).upload.expiresAt).toBe(new Date(CLOSES_AT).toISOString());
    vi.setSystemTime(WHILE_OPEN + 15 * 60_000 + 1_000);
    const late = await uploads.sent(place);
    vi.setSystemTime(WHILE_OPEN);
    expect(late).toBe(403);
  });

  test('of what is removed or deleted brings nothing back', async () => {
    const removed = await uploads.announced();
    await send(uploads.world.app.removeFile, {
      params: { submissionId: removed.submissionId, attachmentId: removed.attachmentId },
    });
    const deleted = await uploads.announced();
    await send(uploads.world.app.remove, { params: { submissionId: deleted.submissionId } });
    for (const place of [removed, deleted]) {
      const before = await contents(uploads.s3);
      await uploads.sent(place);
      await uploads.arrive(place);
      expect(await contents(uploads.s3)).toEqual(before);
      expect((await uploads.download(place)).body.code).toBe('NOT_FOUND');
    }
  });
});

describe('a download', () => {
  test('of what was not proven, of others, and of what is not there is refused alike', async () => {
    expect((await uploads.download(await uploads.announced())).body.code).toBe('ATTACHMENT_NOT_AVAILABLE');
    const place = await uploads.admitted();
    for (const subject of ['secretary-2', 'outsider', 'officer'])
      expect((await uploads.download(place, subject)).body.code).toBe('NOT_FOUND');
    expect((await uploads.download({ ...place, attachmentId: '0'.repeat(26) })).body.code).toBe('NOT_FOUND');
    const other = await uploads.admitted();
    expect((await uploads.download({ ...place, attachmentId: other.attachmentId })).body.code).toBe('NOT_FOUND');
  });

  test('is saved under its name and never shown, and its address is for that version alone', async () => {
    const place = await uploads.admitted();
    const { headers } = await uploads.download(place);
    const url = String(headers.location);
    const file = await fetch(url);
    expect(file.headers.get('content-disposition')).toMatch(
      /^attachment; filename="download\.pdf"; filename\*=UTF-8''/,
    );
    for (const tampered of [
      url.replace(/versionId=[^&]+/, 'versionId=null'),
      url.replace(/response-content-disposition=[^&]+/, 'response-content-disposition=inline'),
      `${url}&response-content-type=text%2Fhtml`,
      url.replace(place.attachmentId, '1'.repeat(26)),
    ])
      expect((await fetch(tampered)).status).toBe(403);
    expect((await fetch(url, { method: 'PUT', body: 'x' })).status).toBe(403);
  });
});
