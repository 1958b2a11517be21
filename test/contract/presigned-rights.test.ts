import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { type FunctionId, folderOf } from '#infra/functions.ts';
import { createAttachment, getAttachment, renewAttachmentUpload } from '#shared/contract/attachments.ts';
import { createAnnexUpload } from '#shared/contract/calls.ts';
import type { Resource } from '#shared/contract/operations.ts';
import { pdf, sha256, upload } from '#test/support/client.ts';
import { startWorld } from '#test/support/world.ts';
import { SUBMISSIONS } from '#test/support/world-ids.ts';
import type { Stores } from '#test/support/world-stores.ts';
import { expectSuccess } from './conformance.ts';
import { deployFunction } from './deployed-function.ts';
import { recordedHttpEvent } from './recorded-events.ts';

// A presigned right is as good as the role that signed it: these use what the functions hand out, through their own role's rights.

const FILE = pdf('signed and stamped');

const Created = z.object({ statusCode: z.int(), body: z.string() });
const Redirect = z.object({ statusCode: z.literal(302), headers: z.object({ location: z.string() }) });

let world: Stores;

beforeAll(async () => {
  world = await startWorld();
});

afterAll(async () => {
  await world.stop();
});

/** Replays an event as received now, since S3 goes by the real clock, and uses what comes back while the function is there. */
const withReply = async (
  [resource, id]: [Resource, FunctionId],
  change: { body?: Record<string, unknown>; headers?: Record<string, string> },
  use: (result: unknown) => Promise<void>,
): Promise<void> => {
  const folder = folderOf(resource, id);
  const deployed = await deployFunction(id, folder, world);
  try {
    const event = recordedHttpEvent(folder);
    const { body, headers = {} } = change;
    const sent: unknown = JSON.parse(event.body ?? '{}');
    const result = await deployed.invoke({
      ...event,
      headers: { ...event.headers, ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(Object.assign({}, sent, body)) }),
      requestContext: { ...event.requestContext, timeEpoch: Date.now() },
    });
    await use(result);
    expect(deployed.denied()).toEqual([]);
  } finally {
    await deployed.remove();
  }
};

const download = async (result: unknown): Promise<Uint8Array> => {
  const reply = await fetch(Redirect.parse(result).headers.location);
  expect(reply.status).toBe(200);
  return reply.bytes();
};

const declared = { size: FILE.length, sha256: sha256(FILE) };

it('an attachment can be sent by the form that its announcement gave', async () => {
  await withReply(['attachments', 'createAttachment'], { body: declared }, async (result) => {
    const reply = Created.parse(result);
    expect(reply.statusCode, reply.body).toBe(201);
    const given = createAttachment.reply.parse(JSON.parse(reply.body)).upload;
    expect(given.method).toBe('POST');
    expect(await upload(given, FILE)).toBe(204);
  });
});

it('an attachment can be sent by the PUT that a renewal gave', async () => {
  await withReply(['attachments', 'renewAttachmentUpload'], {}, async (result) => {
    const reply = Created.parse(result);
    expect(reply.statusCode, reply.body).toBe(200);
    const renewed = renewAttachmentUpload.reply.parse(JSON.parse(reply.body)).upload;
    expect(renewed.method).toBe('PUT');
    expect(await upload(renewed, pdf(SUBMISSIONS.awaiting))).toBe(200);
  });
});

it('an annex can be sent by the right its officer was given', async () => {
  await withReply(['calls', 'createAnnexUpload'], { body: declared }, async (result) => {
    const reply = Created.parse(result);
    expect(reply.statusCode, reply.body).toBe(201);
    expect(await upload(createAnnexUpload.reply.parse(JSON.parse(reply.body)).upload, FILE)).toBe(204);
  });
});

it('an attachment can be fetched where its download redirects to', async () => {
  await withReply(['attachments', 'getAttachment'], {}, async (result) => {
    expect(sha256(await download(result))).toBe(sha256(pdf(SUBMISSIONS.submitted)));
  });
});

it('an attachment can be fetched at the address given to a client that asks for JSON', async () => {
  await withReply(['attachments', 'getAttachment'], { headers: { accept: 'application/json' } }, async (result) => {
    expectSuccess(getAttachment, result);
    const reply = Created.parse(result);
    expect(reply.statusCode).toBe(200);
    const file = await fetch(getAttachment.reply.parse(JSON.parse(reply.body)).url);
    expect(sha256(new Uint8Array(await file.arrayBuffer()))).toBe(sha256(pdf(SUBMISSIONS.submitted)));
  });
});

it('an annex can be fetched where its download redirects to', async () => {
  await withReply(['calls', 'getAnnex'], {}, async (result) => {
    expect((await download(result)).length).toBe(9_976);
  });
});
