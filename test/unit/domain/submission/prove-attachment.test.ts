import { describe, expect, test } from 'vitest';
import { refusalOf, type StoredFile } from '#shared/domain/submission/prove-attachment.ts';

const CLOSES_AT = Date.UTC(2022, 2, 31, 16);
const SHA256 = 'ab'.repeat(32);
const declared = {
  material: 'application',
  filename: '申报书.wps',
  contentType: 'application/octet-stream',
  size: 10,
  sha256: SHA256,
};
const stored = (overrides: Partial<StoredFile> = {}): StoredFile => ({
  versionId: 'v',
  size: 10,
  sha256: SHA256,
  family: 'cfb',
  storedAt: CLOSES_AT - 1,
  ...overrides,
});

describe('stored bytes', () => {
  test('are admitted where time, size, digest and family are as announced', () => {
    expect(refusalOf(declared, stored(), CLOSES_AT)).toBeUndefined();
  });

  test.each([
    [{ storedAt: CLOSES_AT }, 'TOO_LATE'],
    [{ size: 9 }, 'SIZE_DIFFERS'],
    [{ size: 11 }, 'SIZE_DIFFERS'],
    [{ sha256: undefined }, 'DIGEST_DIFFERS'],
    [{ sha256: SHA256.toUpperCase() }, 'DIGEST_DIFFERS'],
    [{ family: 'zip' }, 'TYPE_DIFFERS'],
    [{ family: undefined }, 'TYPE_DIFFERS'],
  ] as const)('are refused with %o as %s', (differs, reason) => {
    expect(refusalOf(declared, stored(differs), CLOSES_AT)).toBe(reason);
  });

  test('of one container pass under any of its extensions', () => {
    for (const filename of ['a.doc', 'a.WPS', 'a.xls', 'a.et'])
      expect(refusalOf({ ...declared, filename }, stored(), CLOSES_AT)).toBeUndefined();
    for (const filename of ['a.docx', 'a.xlsx', 'a.ofd', 'a.zip'])
      expect(refusalOf({ ...declared, filename }, stored({ family: 'zip' }), CLOSES_AT)).toBeUndefined();
    expect(refusalOf({ ...declared, filename: 'a.docx' }, stored(), CLOSES_AT)).toBe('TYPE_DIFFERS');
  });
});
