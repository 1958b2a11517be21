import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { canonicalDigest } from '#shared/domain/canonical-digest.ts';
import type { Attachment } from '#shared/domain/submission/submission.ts';
import { attachmentObjectKey } from '#shared/storage/attachment-keys.ts';
import type { ExportWorld } from '#test/support/export-world.ts';
import { manyReceiptNo, manySubmissionId } from '#test/support/many-submissions.ts';
import { send } from '#test/support/submission-world.ts';
import { exportedCall, seedMore } from './exported-call.ts';

let world: ExportWorld;

afterEach(async () => {
  await world.stop();
});

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Names that some file system takes for one another. */
const FILENAMES = ['申报书.pdf', '申报书.PDF', 'é.txt', 'e\u0301.txt', 'CON.txt'];

const contentOf = (filename: string): Buffer => Buffer.from(`content of ${filename} `.repeat(50));

/** Stores files for one submission, each with a newer version that is not the one pinned. */
const withFiles = async (): Promise<ExportWorld> => {
  world = await exportedCall(0);
  const submissionId = manySubmissionId(0);
  const attachments: Attachment[] = [];
  for (const [place, filename] of FILENAMES.entries()) {
    const attachmentId = `f${place}`.padEnd(26, '0');
    const target = { Bucket: world.buckets.attachments, Key: attachmentObjectKey(submissionId, attachmentId) };
    const bytes = contentOf(filename);
    const { VersionId } = await world.s3.send(new PutObjectCommand({ ...target, Body: bytes }));
    await world.s3.send(new PutObjectCommand({ ...target, Body: 'written over it later' }));
    attachments.push({
      ...{ attachmentId, filename, material: 'application', contentType: 'application/pdf', size: bytes.length },
      ...{ sha256: sha256(bytes), state: 'admitted', versionId: VersionId, createdAt: '2022-03-10T00:00:00.000Z' },
    });
  }
  await seedMore(world, 3, { attachmentsOf: (place) => (place === 0 ? attachments : []) });
  return world;
};

const namesIn = (bytes: Uint8Array): string[] => Object.keys(unzipSync(bytes));

describe('an archive', () => {
  it('has a folder for each submission: answers for programs and people, receipt, files by their pinned versions', async () => {
    await withFiles();
    const reply = await world.exported({ format: 'zip' });
    expect(reply.body).toMatchObject({ state: 'done', progress: { done: 3, of: 3 }, partCount: 1 });
    const { bytes, saved } = await world.fetchPart(reply);
    expect(decodeURIComponent(saved)).toContain('_申报材料_20220310-0800.zip');
    const entries = unzipSync(bytes);
    const folder = `第0学会_1 学会党的建设_${manyReceiptNo(0)}`;
    const textOf = (name: string): string => Buffer.from(entries[`${folder}/${name}`] ?? '').toString('utf8');
    const receipt = JSON.parse(textOf('receipt.json'));
    const shown = await send(world.app.get, { subject: 'officer', params: { submissionId: manySubmissionId(0) } });
    expect(JSON.parse(textOf('answers.json'))).toEqual(shown.body.answers);
    expect(canonicalDigest(JSON.parse(textOf('answers.json')))).toBe(receipt.answersDigest);
    expect(textOf('申报书.html')).toContain('<h4>项目名称</h4><p>=HYPERLINK(&quot;http://example.org&quot;');
    const files = Object.keys(entries).filter((name) => name.startsWith(`${folder}/附件/`));
    expect(files.map((name) => name.slice(`${folder}/附件/`.length))).toEqual([
      ...['申报书.pdf', '申报书 (2).PDF', 'é.txt', 'é (2).txt', '_CON.txt'],
    ]);
    expect(files.map((name) => sha256(entries[name] ?? new Uint8Array()))).toEqual(
      FILENAMES.map((name) => sha256(contentOf(name))),
    );
  });

  it('is one that unzip finds no fault in, with names marked as UTF-8 and files that are compressed already stored', async () => {
    await withFiles();
    const { bytes } = await world.fetchPart(await world.exported({ format: 'zip' }));
    const directory = await mkdtemp(join(tmpdir(), 'shenbao-unzip-'));
    try {
      const path = join(directory, 'part.zip');
      await writeFile(path, bytes);
      expect(execFileSync('unzip', ['-t', path]).toString()).toContain('No errors detected');
      const method = (name: string): number => {
        // A local header: 30 bytes, flags at 6, method at 8, then the name.
        const at = bytes.indexOf(Buffer.from(name));
        expect(bytes.readUInt16LE(at - 24) & 0x800).toBe(0x800);
        return bytes.readUInt16LE(at - 22);
      };
      const folder = `第0学会_1 学会党的建设_${manyReceiptNo(0)}`;
      expect(method(`${folder}/附件/申报书.pdf`)).toBe(0);
      expect(method(`${folder}/answers.json`)).toBe(8);
    } finally {
      await rm(directory, { recursive: true });
    }
  });

  it('leaves out what was withdrawn since it was divided', async () => {
    await withFiles();
    const { exportId } = (await world.ask({ format: 'zip' })).body;
    await world.take({ exportId: String(exportId) });
    const withdrawing = { subject: 'both', params: { submissionId: manySubmissionId(1) } };
    await world.memberships.put({ subject: 'both', organizationId: 'unit-000000', role: 'applicant' });
    expect((await send(world.app.withdraw, withdrawing)).status).toBe(200);
    await world.work();
    const reply = await world.look(String(exportId));
    expect(reply.body).toMatchObject({ state: 'done', parts: [{ submissions: 2 }] });
    const { bytes } = await world.fetchPart(reply);
    expect(namesIn(bytes).some((name) => name.includes(manyReceiptNo(1)))).toBe(false);
  });

  it('fails where a file is not the one that was proven, and gives nothing out', async () => {
    await withFiles();
    await seedMore(world, 1, {
      attachmentsOf: () => [
        {
          ...{ attachmentId: 'f0'.padEnd(26, '0'), filename: '申报书.pdf', material: 'application' },
          ...{ contentType: 'application/pdf', size: 1, sha256: '0'.repeat(64), state: 'admitted' },
          createdAt: '2022-03-10T00:00:00.000Z',
        },
      ],
    });
    const reply = await world.exported({ format: 'zip' });
    expect(reply.body).toMatchObject({ state: 'failed', parts: [] });
    expect(reply.body.reason).toContain('多次尝试');
  });
});

describe('the parts of an archive', () => {
  it('hold 500 submissions at most and all of them together, whichever run breaks off and comes again', async () => {
    world = await exportedCall(1_100);
    const runs = new Map<number, number>();
    const { files } = world.dependencies;
    // The first run of a part is cut off, of one before its file is stored and of the next one after.
    const breaking: typeof files = {
      ...files,
      async putPart(exportId, part, path) {
        runs.set(part, (runs.get(part) ?? 0) + 1);
        if (part === 1 && runs.get(part) === 1) throw new Error('cut off before');
        await files.putPart(exportId, part, path);
        if (part === 2 && runs.get(part) === 1) throw new Error('cut off after');
      },
    };
    const reply = await world.exported({ format: 'zip' }, { files: breaking });
    expect(reply.body).toMatchObject({ state: 'done', progress: { done: 1_100, of: 1_100 }, partCount: 3 });
    expect([...runs]).toEqual(
      expect.arrayContaining([
        [1, 2],
        [2, 2],
        [3, 1],
      ]),
    );
    const names: string[] = [];
    for (const part of [1, 2, 3]) {
      const { bytes, saved } = await world.fetchPart(reply, part);
      expect(decodeURIComponent(saved)).toContain(`_第${part}部分共3部分.zip`);
      const folders = new Set(namesIn(bytes).map((name) => name.split('/')[0] ?? ''));
      expect(folders.size).toBe(part === 3 ? 100 : 500);
      names.push(...folders);
    }
    const receipts = names.map((name) => name.slice(-26)).sort();
    expect(receipts).toEqual(Array.from({ length: 1_100 }, (_, place) => manyReceiptNo(place)).sort());
  }, 240_000);

  it('are told to the job again where dividing broke off after the plan, and a part told twice counts once', async () => {
    world = await exportedCall(3);
    const { exportId } = (await world.ask({ format: 'zip' })).body;
    const message = { exportId: String(exportId) };
    const deaf = { ...world.exports, addParts: async () => Promise.reject(new Error('cut off')) };
    expect(await world.take(message, 1, { exports: deaf })).toBe(true);
    expect(await world.waiting()).toHaveLength(0);
    expect(await world.take(message, 2)).toBe(false);
    expect(await world.take(message, 3)).toBe(false);
    expect(await world.waiting()).toHaveLength(1);
    await world.work();
    expect(await world.take({ ...message, part: 1 })).toBe(false);
    expect((await world.look(String(exportId))).body).toMatchObject({
      ...{ state: 'done', progress: { done: 3, of: 3 }, parts: [{ part: 1, submissions: 3 }] },
    });
  });
});
