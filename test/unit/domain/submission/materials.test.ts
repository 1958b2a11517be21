import { describe, expect, test } from 'vitest';
import { Material } from '#shared/domain/call/definition.ts';
import { announcementFaults, MOST_ATTACHMENTS, materialFaults } from '#shared/domain/submission/materials.ts';
import type { Attachment, DeclaredFile } from '#shared/domain/submission/submission.ts';

const application = Material.parse({
  key: 'application',
  title: '申报书',
  required: true,
  accept: ['doc', 'wps', 'pdf'],
  maxSize: '1MB',
  clause: '四、（一）',
});
const evidence = Material.parse({ key: 'evidence', title: '佐证', accept: ['jpg'], maxCount: 2 });
const materials = [application, evidence];

const file = (overrides: Partial<DeclaredFile> = {}): DeclaredFile => ({
  material: 'application',
  filename: '申报书.doc',
  contentType: 'application/msword',
  size: 1_024 * 1_024,
  sha256: 'ab'.repeat(32),
  ...overrides,
});
const attachment = (overrides: Partial<Attachment> = {}): Attachment => ({
  ...file(),
  attachmentId: 'a1',
  state: 'admitted',
  createdAt: '2022-03-10T00:00:00.000Z',
  ...overrides,
});
const codes = (faults: readonly { path: string; code: string }[]) => faults.map(({ path, code }) => [path, code]);

describe('announcing a file', () => {
  test('takes it up to its size, under any plausible type', () => {
    for (const contentType of ['application/msword', 'application/octet-stream', 'APPLICATION/VND.MS-WORKS'])
      expect(announcementFaults(materials, [], file({ contentType }))).toEqual([]);
  });

  test.each([
    [{ material: 'none' }, [['material', 'UNKNOWN_MATERIAL']]],
    [{ size: 1_024 * 1_024 + 1 }, [['size', 'FILE_TOO_LARGE']]],
    [{ filename: '申报书.docx' }, [['filename', 'FILE_TYPE_NOT_ACCEPTED']]],
    [{ filename: '申报书' }, [['filename', 'FILE_TYPE_NOT_ACCEPTED']]],
    [{ contentType: 'text/html' }, [['contentType', 'FILE_TYPE_NOT_ACCEPTED']]],
    [{ contentType: 'image/jpeg' }, [['contentType', 'FILE_TYPE_NOT_ACCEPTED']]],
    [
      { filename: 'a/b.txt', size: 9_999_999 },
      [
        ['filename', 'FILENAME'],
        ['filename', 'FILE_TYPE_NOT_ACCEPTED'],
        ['size', 'FILE_TOO_LARGE'],
      ],
    ],
  ])('refuses %o', (overrides, expected) => {
    expect(codes(announcementFaults(materials, [], file(overrides)))).toEqual(expected);
  });

  test('says what would be taken', () => {
    const refused = (overrides: Partial<DeclaredFile>) => announcementFaults(materials, [], file(overrides));
    const clause = '四、（一）';
    expect(refused({ filename: '申报书.docx' })).toStrictEqual([
      { path: 'filename', code: 'FILE_TYPE_NOT_ACCEPTED', params: { accepted: '.doc, .wps, .pdf' }, clause },
    ]);
    expect(refused({ contentType: 'text/html' })).toStrictEqual([
      {
        ...{ path: 'contentType', code: 'FILE_TYPE_NOT_ACCEPTED', clause },
        params: { accepted: 'application/msword, application/octet-stream' },
      },
    ]);
    expect(refused({ size: 1_024 * 1_024 + 1 })).toStrictEqual([
      { path: 'size', code: 'FILE_TOO_LARGE', params: { limit: 1_024 * 1_024 }, clause },
    ]);
    expect(announcementFaults(materials, [attachment()], file())).toStrictEqual([
      { path: 'material', code: 'MATERIAL_TOO_MANY', params: { material: '申报书', limit: 1 }, clause },
    ]);
  });

  test('counts the files of each material by themselves', () => {
    const photo = file({ material: 'evidence', filename: '甲.jpg', contentType: 'image/jpeg' });
    expect(announcementFaults(materials, [attachment()], photo)).toEqual([]);
  });

  test('counts what is there, but not what was refused', () => {
    expect(codes(announcementFaults(materials, [attachment()], file()))).toEqual([['material', 'MATERIAL_TOO_MANY']]);
    expect(announcementFaults(materials, [attachment({ state: 'refused' })], file())).toEqual([]);
  });

  test('is bounded for the whole submission', () => {
    const many = Array.from({ length: MOST_ATTACHMENTS }, () => attachment({ state: 'refused' }));
    expect(codes(announcementFaults(materials, many, file()))).toEqual([['', 'TOO_MANY']]);
  });
});

describe('a submit’s files', () => {
  test('are complete with every required material proven', () => {
    expect(materialFaults(materials, [attachment()])).toEqual([]);
  });

  test('missing ones are named with the clause that asks for them', () => {
    expect(materialFaults(materials, [])).toEqual([
      { path: 'materials.application', code: 'MATERIAL_MISSING', params: { material: '申报书' }, clause: '四、（一）' },
    ]);
  });

  test('that did not come or were refused are told by their names, the refused ones with the reason', () => {
    const clause = '四、（一）';
    expect(materialFaults(materials, [attachment({ state: 'expected', filename: '甲.txt' })])).toMatchObject([
      { code: 'ATTACHMENT_NOT_UPLOADED', params: { material: '申报书', filename: '甲.txt' }, clause },
    ]);
    expect(
      materialFaults(materials, [attachment({ state: 'refused', filename: '甲.txt', reason: 'TYPE_DIFFERS' })]),
    ).toMatchObject([
      {
        code: 'ATTACHMENT_REFUSED',
        params: { material: '申报书', filename: '甲.txt', reason: 'TYPE_DIFFERS' },
        clause,
      },
    ]);
  });

  test('in which malware was found are told by their names; others may be handed in before they are scanned', () => {
    const file = { filename: '甲.doc', versionId: 'v1' };
    expect(materialFaults(materials, [attachment({ ...file, scan: 'threat' })])).toEqual([
      {
        ...{ path: 'attachments.a1', code: 'MALWARE_FOUND', clause: '四、（一）' },
        params: { material: '申报书', filename: '甲.doc' },
      },
    ]);
    for (const scan of ['pending', 'unscanned', 'clean'] as const)
      expect(materialFaults(materials, [attachment({ ...file, scan })])).toEqual([]);
  });

  test.each([
    [[attachment({ state: 'expected' })], [['attachments.a1', 'ATTACHMENT_NOT_UPLOADED']]],
    [[attachment({ state: 'refused' })], [['attachments.a1', 'ATTACHMENT_REFUSED']]],
    [[attachment(), attachment({ attachmentId: 'a2' })], [['materials.application', 'MATERIAL_TOO_MANY']]],
    [[attachment(), attachment({ attachmentId: 'a2', material: 'gone' })], [['attachments.a2', 'UNKNOWN_MATERIAL']]],
    [
      [attachment({ state: 'refused' }), attachment({ attachmentId: 'a2' })],
      [['attachments.a1', 'ATTACHMENT_REFUSED']],
    ],
    [[attachment({ size: 9_999_999 })], [['attachments.a1.size', 'FILE_TOO_LARGE']]],
  ])('are faulted one by one (%#)', (attachments, expected) => {
    expect(codes(materialFaults(materials, attachments))).toEqual(expected);
  });
});
