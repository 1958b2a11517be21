import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import { type AttachmentObjects, attachmentObjects } from '#shared/storage/attachment-objects.ts';
import { BUCKET, type RunningS3, runS3 } from '../local-s3/fixture.ts';

const SUBMISSION = '0'.repeat(26);
const ATTACHMENT = '1'.repeat(26);
const KEY = attachmentObjectKey(SUBMISSION, ATTACHMENT);
const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n');

let s3: RunningS3;
let objects: AttachmentObjects;
beforeAll(async () => {
  s3 = await runS3();
  objects = attachmentObjects(s3.client, BUCKET);
});
afterAll(() => s3.close());

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest();
const put = async (bytes: Buffer, key = KEY): Promise<string> => {
  const { VersionId } = await s3.client.send(
    new PutObjectCommand({ Bucket: BUCKET, Key: key, Body: bytes, ChecksumSHA256: digest(bytes).toString('base64') }),
  );
  if (VersionId === undefined) throw new Error('the bucket keeps no versions');
  return VersionId;
};

describe('an object of an attachment', () => {
  test('is told by size, digest, family and time, the newest or the version asked for', async () => {
    const large = Buffer.concat([PDF, Buffer.alloc(100_000, 'x')]);
    const first = await put(PDF);
    const second = await put(large);
    const told = { family: 'pdf', storedAt: expect.any(Number) };
    expect(await objects.inspect(KEY, first)).toEqual({
      ...told,
      versionId: first,
      size: PDF.length,
      sha256: digest(PDF).toString('hex'),
    });
    expect(await objects.inspect(KEY)).toEqual({
      ...told,
      versionId: second,
      size: large.length,
      sha256: digest(large).toString('hex'),
    });
    expect(await objects.inspect(attachmentObjectKey(SUBMISSION, '2'.repeat(26)))).toBeUndefined();
  });

  test('is not there where it is removed while it is looked at', async () => {
    const key = attachmentObjectKey(SUBMISSION, '5'.repeat(26));
    const versionId = await put(PDF, key);
    s3.client.middlewareStack.add(
      (next, context) => async (args) => {
        const reply = await next(args);
        if (context.commandName === 'HeadObjectCommand') await objects.removeVersion(key, versionId);
        return reply;
      },
      { step: 'initialize', name: 'remove-after-head' },
    );
    const told = await objects.inspect(key).finally(() => s3.client.middlewareStack.remove('remove-after-head'));
    expect(told).toBeUndefined();
  });

  test('is removed in one version, in all, or with its whole submission', async () => {
    const other = attachmentObjectKey(SUBMISSION, '3'.repeat(26));
    const foreign = attachmentObjectKey('4'.repeat(26), ATTACHMENT);
    const kept = await put(PDF, foreign);
    const first = await put(PDF, other);
    const second = await put(PDF, other);
    await objects.removeVersion(other, second);
    expect((await objects.inspect(other))?.versionId).toBe(first);
    expect(await objects.removeAttachment(SUBMISSION, '3'.repeat(26))).toBe(1);
    expect(await objects.inspect(other)).toBeUndefined();
    await put(PDF, other);
    await objects.removeSubmission(SUBMISSION);
    expect(await objects.inspect(other)).toBeUndefined();
    expect(await objects.inspect(KEY)).toBeUndefined();
    expect((await objects.inspect(foreign))?.versionId).toBe(kept);
    expect(await objects.removeSubmission(SUBMISSION)).toBe(0);
  });
});
