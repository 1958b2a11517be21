import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { Upload } from '#shared/contract/upload.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { settleArrival } from '#shared/storage/settle-arrival.ts';
import { BUCKET, contents, type RunningS3, runS3 } from '#test/integration/local-s3/fixture.ts';
import { newDraft } from '#test/support/draft-steps.ts';
import { CLOSES_AT, type SubmissionWorld, send, submissionWorld, WHILE_OPEN } from '#test/support/submission-world.ts';
import { ANNOUNCEMENTS } from './announcements.ts';
import { DISGUISES, HONEST } from './disguises.ts';
import { FORMS, type Form, honestly, sendForm } from './requests.ts';

const Announced = z.object({ attachmentId: z.string(), upload: Upload });

let s3: RunningS3;
let world: SubmissionWorld;
beforeAll(async () => {
  // S3 and whoever signs go by the same clock as the call.
  vi.useFakeTimers({ toFake: ['Date'], now: WHILE_OPEN });
  s3 = await runS3();
  // Replies carry the real time, which the SDK would go by.
  Object.defineProperty(s3.client.config, 'systemClockOffset', { get: () => 0, set: () => undefined });
  world = await submissionWorld({}, { s3: { client: s3.client, bucket: BUCKET } });
}, 120_000);
afterAll(async () => {
  await s3.close();
  vi.useRealTimers();
});

const declarationOf = (bytes: Buffer) => ({
  material: 'application',
  filename: '申报书.pdf',
  contentType: 'application/pdf',
  size: bytes.length,
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

/** A draft of its own, and an announcement of these bytes in it. */
const announced = async (bytes = HONEST, method: 'POST' | 'PUT' = 'POST') => {
  const submissionId = await newDraft(world);
  const reply = await send(world.app.announce, {
    params: { submissionId },
    query: { method },
    body: declarationOf(bytes),
  });
  const { attachmentId, upload } = Announced.parse(reply.body);
  return { submissionId, attachmentId, upload, key: attachmentObjectKey(submissionId, attachmentId) };
};
type Place = Awaited<ReturnType<typeof announced>>;

const formOf = ({ upload }: Place, file = HONEST): Form => {
  if (upload.method !== 'POST') throw new Error('Not by POST');
  return { url: upload.url, fields: upload.fields, file };
};
const put = ({ upload }: Place, change: Readonly<Record<string, string>> = {}, body = HONEST, url = upload.url) => {
  if (upload.method !== 'PUT') throw new Error('Not by PUT');
  return fetch(url, { method: 'PUT', headers: { ...upload.headers, ...change }, body: new Uint8Array(body) });
};

/** Tells of every object that came since, as EventBridge does; gives the versions that arrived for the place. */
const arrive = async ({ key }: Pick<Place, 'key'>): Promise<string[]> => {
  const versions = s3.created.filter((one) => one.key === key).map(({ versionId = '' }) => versionId);
  for (const versionId of versions) await world.jobs.admit(key, versionId);
  return versions;
};
const attachmentOf = ({ submissionId, attachmentId }: Place) => world.attachments.find(submissionId, attachmentId);
const submit = ({ submissionId }: Place) => send(world.app.submit, { params: { submissionId } });
const download = ({ submissionId, attachmentId }: Place, subject = 'secretary') =>
  send(world.app.download, { params: { submissionId, attachmentId }, subject });

/** An honest file, uploaded and admitted. */
const admitted = async (): Promise<Place> => {
  const place = await announced();
  expect((await sendForm(formOf(place).url, honestly(formOf(place)))).status).toBe(204);
  await arrive(place);
  expect(await attachmentOf(place)).toMatchObject({ state: 'admitted' });
  return place;
};

describe('an announcement', () => {
  let submissionId: string;
  beforeAll(async () => {
    submissionId = await newDraft(world);
  });

  test.each(ANNOUNCEMENTS)('of %s is refused and keeps nothing', async (_title, change) => {
    const body = { ...declarationOf(HONEST), ...change };
    const reply = await send(world.app.announce, { params: { submissionId }, body });
    expect([400, 422]).toContain(reply.status);
    expect((await world.submissions.load(submissionId))?.attachments).toEqual([]);
  });
});

describe('an upload that is bound to one file', () => {
  test.each(FORMS)('stores nothing where it is sent with %s', async (_title, parts) => {
    const place = await announced();
    const before = await contents(s3);
    const reply = await sendForm(formOf(place).url, parts(formOf(place)));
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(reply.status).toBeLessThan(500);
    expect(await contents(s3)).toEqual(before);
    expect((await submit(place)).body.errors).toMatchObject([{ code: 'ATTACHMENT_NOT_UPLOADED' }]);
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
    const place = await announced(HONEST, 'PUT');
    const before = await contents(s3);
    const reply = await attack(place);
    expect(reply.status).toBeGreaterThanOrEqual(400);
    expect(await contents(s3)).toEqual(before);
  });
});

describe('bytes that are as announced and no PDF', () => {
  test.each(DISGUISES)('are refused and removed: %s', async (_title, bytes) => {
    const place = await announced(bytes);
    expect((await sendForm(formOf(place).url, honestly(formOf(place, bytes)))).status).toBe(204);
    expect(await arrive(place)).toHaveLength(1);
    expect(await attachmentOf(place)).toMatchObject({ state: 'refused', reason: 'TYPE_DIFFERS' });
    expect((await download(place)).body.code).toBe('ATTACHMENT_NOT_AVAILABLE');
    expect((await submit(place)).body.errors).toMatchObject([{ code: 'ATTACHMENT_REFUSED' }]);
  });

  test('would be found where an admission believed what was announced', async () => {
    const [, page = HONEST] = DISGUISES[0] ?? [];
    const place = await announced(page);
    await sendForm(formOf(place).url, honestly(formOf(place, page)));
    const versionId = s3.created.find(({ key }) => key === place.key)?.versionId ?? '';
    const { size, sha256 } = declarationOf(page);
    // The wrong variant: it looks at nothing.
    const believing = {
      inspect: async () => ({ versionId, size, sha256, family: 'pdf' as const, storedAt: WHILE_OPEN }),
    };
    const ports = { ...world, verdicts: world.attachments, objects: believing, now: Date.now };
    expect(await settleArrival(ports, { ...place, versionId })).toBe('pinned');
    expect(await attachmentOf(place)).not.toMatchObject({ state: 'refused' });
  });
});

describe('a right to upload', () => {
  test('used again after the admission leaves the pinned version as it was', async () => {
    const place = await admitted();
    const pinned = (await attachmentOf(place))?.versionId;
    await sendForm(formOf(place).url, honestly(formOf(place)));
    await arrive(place);
    expect((await attachmentOf(place))?.versionId).toBe(pinned);
  });

  test('used again after the submit changes neither receipt nor file', async () => {
    const place = await admitted();
    const pinned = (await attachmentOf(place))?.versionId ?? '';
    const { body } = await submit(place);
    await sendForm(formOf(place).url, honestly(formOf(place)));
    await arrive(place);
    expect((await submit(place)).body).toEqual(body);
    const { headers } = await download(place, 'officer');
    expect(new URL(String(headers.location)).searchParams.get('versionId')).toBe(pinned);
    await send(world.app.withdraw, { params: { submissionId: place.submissionId } });
  });

  test('by PUT never overwrites', async () => {
    const place = await announced(HONEST, 'PUT');
    expect((await put(place)).status).toBe(200);
    expect((await put(place)).status).toBe(412);
  });

  test('is good for a quarter of an hour, and never past the deadline', async () => {
    const place = await announced();
    const submissionId = await newDraft(world);
    const body = declarationOf(HONEST);
    const reply = await send(world.app.announce, { params: { submissionId }, body, receivedAt: CLOSES_AT - 1_000 });
    expect(Announced.parse(reply.body).upload.expiresAt).toBe(new Date(CLOSES_AT).toISOString());
    vi.setSystemTime(WHILE_OPEN + 15 * 60_000 + 1_000);
    const late = await sendForm(formOf(place).url, honestly(formOf(place)));
    vi.setSystemTime(WHILE_OPEN);
    expect(late.status).toBe(403);
  });

  test('of what is removed or deleted brings nothing back', async () => {
    const removed = await announced();
    await send(world.app.removeFile, {
      params: { submissionId: removed.submissionId, attachmentId: removed.attachmentId },
    });
    const deleted = await announced();
    await send(world.app.remove, { params: { submissionId: deleted.submissionId } });
    for (const place of [removed, deleted]) {
      const before = await contents(s3);
      await sendForm(formOf(place).url, honestly(formOf(place)));
      await arrive(place);
      expect(await contents(s3)).toEqual(before);
      expect((await download(place)).body.code).toBe('NOT_FOUND');
    }
  });
});

describe('a download', () => {
  test('of what was not proven, of others, and of what is not there is refused alike', async () => {
    expect((await download(await announced())).body.code).toBe('ATTACHMENT_NOT_AVAILABLE');
    const place = await admitted();
    for (const subject of ['secretary-2', 'outsider', 'officer'])
      expect((await download(place, subject)).body.code).toBe('NOT_FOUND');
    expect((await download({ ...place, attachmentId: '0'.repeat(26) })).body.code).toBe('NOT_FOUND');
    const other = await admitted();
    expect((await download({ ...place, attachmentId: other.attachmentId })).body.code).toBe('NOT_FOUND');
  });

  test('is saved under its name and never shown, and its address is for that version alone', async () => {
    const place = await admitted();
    const { headers } = await download(place);
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
