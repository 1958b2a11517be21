import { expect, test } from 'vitest';
import { familyOf, HEAD_BYTES } from '#shared/storage/file-family.ts';

/** First bytes as they come, padded as a longer file would be cut. */
const head = (...bytes: readonly (number | string)[]): Uint8Array => {
  const start = Buffer.concat(
    bytes.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.of(part))),
  );
  return Buffer.concat([start, Buffer.alloc(HEAD_BYTES - start.length)]);
};

test.each([
  ['a PDF', head('%PDF-1.4\n'), 'pdf'],
  ['a Word 97 or WPS file', head('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), 'cfb'],
  ['a docx, cut off in its first entry', head('PK\x03\x04\x14\x00\x06\x00\x08\x00', '[Content_Types].xml'), 'zip'],
  ['an empty archive', head('PK\x05\x06'), 'zip'],
  ['a photograph', head('\xff\xd8\xff\xe0\x00\x10JFIF'), 'jpeg'],
  ['a PNG', head('\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR', 'x'.repeat(17), '\x00\x00\x00\x00IDAT'), 'png'],
  ['a film', head('\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2avc1mp41'), 'mp4'],
  ['a program', head('MZ\x90\x00'), undefined],
  ['a web page', head('<!doctype html><script>'), undefined],
  ['nothing', new Uint8Array(), undefined],
])('tells %s', async (_, bytes, family) => {
  expect(await familyOf(bytes)).toBe(family);
});
