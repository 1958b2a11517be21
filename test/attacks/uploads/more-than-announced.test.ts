import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { importOrganizations } from '#functions/organizations/import-organizations/import-organizations.ts';
import { attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { settleArrival } from '#shared/storage/settle-arrival.ts';
import { BUCKET } from '#test/integration/local-s3/fixture.ts';
import { writtenCall, writtenLeaf } from '#test/support/calls.ts';
import { httpEvent, lambdaContext } from '#test/support/http-event.ts';
import { CALL_ID, CLOSES_AT, send, WHILE_OPEN } from '#test/support/submission-world.ts';
import { type AttackedUploads, startAttackedUploads } from './attacked-uploads.ts';
import { BOMBS, UNPACKED, WORKBOOK_BOMB } from './bombs.ts';
import { HONEST, POLYGLOTS } from './disguises.ts';

const application = { key: 'application', title: '申报书', required: true, accept: ['pdf', 'docx', 'zip'] };

let uploads: AttackedUploads;
beforeAll(async () => {
  const leaf = { ...writtenLeaf, materials: [application] };
  uploads = await startAttackedUploads(writtenCall({ categories: [{ code: '1', title: '学会党的建设', ...leaf }] }));
}, 120_000);
afterAll(() => uploads.close());

/** What the functions ask of S3 while something is done: the command, and the bytes that it wants at most. */
const askedOfS3 = async (act: () => Promise<unknown>): Promise<string[]> => {
  const asked: string[] = [];
  const { middlewareStack } = uploads.s3.client;
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        asked.push([commandName, ...('Range' in args.input ? [args.input.Range] : [])].join(' '));
        return next(args);
      },
    { name: 'noteRequests', step: 'initialize' },
  );
  try {
    await act();
  } finally {
    middlewareStack.remove('noteRequests');
  }
  return asked;
};

describe('an archive that unfolds without end', () => {
  test.each(BOMBS)(
    'is taken for what it is announced as, and never unpacked: %s',
    async (_title, filename, contentType, bytes) => {
      expect(bytes.length).toBeLessThan(UNPACKED / 100);
      const place = await uploads.announced(bytes, { kind: { filename, contentType } });
      expect(await uploads.sent(place, bytes)).toBe(204);
      // The same as for an honest file, whatever is in it: what S3 says of it, and its first bytes.
      const asked = await askedOfS3(() => uploads.arrive(place));
      expect(asked).toEqual(['HeadObjectCommand', 'GetObjectCommand bytes=0-4099']);
      expect(await uploads.attachmentOf(place)).toMatchObject({ state: 'admitted' });
      const { headers } = await uploads.download(place);
      const file = await fetch(String(headers.location));
      expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
    },
  );

  test('would be seen to be read as a whole', async () => {
    const place = await uploads.admitted();
    const whole = new GetObjectCommand({ Bucket: BUCKET, Key: place.key });
    expect(await askedOfS3(() => uploads.s3.client.send(whole))).toEqual(['GetObjectCommand']);
  });

  test('is refused where it is called a PDF', async () => {
    const [[, , , bytes = HONEST] = []] = BOMBS;
    const place = await uploads.announced(bytes);
    await uploads.sent(place, bytes);
    await uploads.arrive(place);
    expect(await uploads.attachmentOf(place)).toMatchObject({ state: 'refused', reason: 'TYPE_DIFFERS' });
  });

  test('is refused as a roster before it is unpacked', async () => {
    const event = httpEvent({
      claims: { sub: 'officer', token_use: 'access' },
      headers: { 'content-type': 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
      body: WORKBOOK_BOMB,
    });
    const { statusCode, body = '' } = await importOrganizations(uploads.world)(event, lambdaContext());
    expect([statusCode, JSON.parse(body).errors]).toMatchObject([400, [{ code: 'WORKBOOK_TOO_LARGE' }]]);
  });
});

describe('bytes that are a PDF and something else as well', () => {
  test.each(POLYGLOTS)('are admitted as a PDF, and saved as one, never shown: %s', async (_title, bytes) => {
    const place = await uploads.announced(bytes);
    expect(await uploads.sent(place, bytes)).toBe(204);
    await uploads.arrive(place);
    expect(await uploads.attachmentOf(place)).toMatchObject({ state: 'admitted' });
    const { status, headers } = await uploads.download(place);
    expect(status).toBe(302);
    const file = await fetch(String(headers.location));
    expect(file.headers.get('content-type')).toBe('application/pdf');
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="download\.pdf"; /);
    expect(Buffer.from(await file.arrayBuffer()).equals(bytes)).toBe(true);
  });
});

describe('bytes that come while the right to send them lasts, and the deadline does not', () => {
  const ASKED_AT = CLOSES_AT - 10 * 60_000;
  /** A minute's notice. */
  const ENDED_AT = ASKED_AT + 60_000;

  test('are refused as too late, and never admitted', async () => {
    vi.setSystemTime(ASKED_AT);
    const inTime = await uploads.announced(HONEST, { receivedAt: ASKED_AT });
    const late = await uploads.announced(HONEST, { receivedAt: ASKED_AT });
    const believing = await uploads.announced(HONEST, { receivedAt: ASKED_AT });
    expect(late.upload.expiresAt).toBe(new Date(CLOSES_AT).toISOString());
    const { status } = await send(uploads.world.app.close, {
      ...{ params: { callId: CALL_ID }, subject: 'officer', body: { reason: '名额已满' }, receivedAt: ASKED_AT },
    });
    expect(status).toBe(200);

    vi.setSystemTime(ENDED_AT - 1_000);
    expect(await uploads.sent(inTime)).toBe(204);
    vi.setSystemTime(ENDED_AT);
    expect([await uploads.sent(late), await uploads.sent(believing)]).toEqual([204, 204]);
    for (const place of [inTime, late]) await uploads.arrive(place);
    expect(await uploads.attachmentOf(inTime)).toMatchObject({ state: 'admitted' });
    expect(await uploads.attachmentOf(late)).toMatchObject({ state: 'refused', reason: 'TOO_LATE' });
    expect((await uploads.download(late)).body.code).toBe('ATTACHMENT_NOT_AVAILABLE');
    // Sent again, and told of again: what was refused stays refused.
    await uploads.sent(late);
    await uploads.arrive(late);
    expect(await uploads.attachmentOf(late)).toMatchObject({ state: 'refused', reason: 'TOO_LATE' });

    // The wrong variant: it goes by the deadline as it is printed.
    const versionId = uploads.s3.created.find(({ key }) => key === believing.key)?.versionId ?? '';
    const { attachments, submissions } = uploads.world;
    const objects = attachmentObjects(uploads.s3.client, BUCKET);
    const printed = { ofSubmission: async () => ({ deadline: { closesAt: new Date(CLOSES_AT).toISOString() } }) };
    const ports = { attachments, verdicts: attachments, submissions, objects, deadlines: printed, now: Date.now };
    expect(await settleArrival(ports, { ...believing, versionId })).toBe('pinned');
    vi.setSystemTime(WHILE_OPEN);
  });
});
