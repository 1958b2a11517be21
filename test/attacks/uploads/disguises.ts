const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

const PDF = '%PDF-1.4\n%%EOF\n';
const ZIP_ENTRY = [0x50, 0x4b, 0x03, 0x04, ...Array.from({ length: 26 }, () => 0)];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Bytes that are sent exactly as they were announced, as a PDF, and are none. */
export const DISGUISES: readonly (readonly [title: string, bytes: Buffer])[] = [
  ['a page', bytes('<!doctype html><script>alert(1)</script>')],
  ['XHTML', bytes('<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>')],
  ['SVG', bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>')],
  ['a page that is a PDF further on', bytes('<html><!--', PDF, '-->')],
  ['a picture that is a script', bytes('GIF89a/*', '*/=1;alert(1)')],
  ['an archive that is a PDF further on', bytes(ZIP_ENTRY, PDF)],
  ['a picture that is a PDF further on', bytes(PNG, PDF)],
  [
    'a program',
    bytes(
      'MZ',
      Array.from({ length: 64 }, () => 0),
    ),
  ],
  ['a program of Linux', bytes([0x7f], 'ELF', [2, 1, 1, 0])],
  ['a script', bytes('#!/bin/sh\nrm -rf /\n')],
  ['an archive', bytes(ZIP_ENTRY)],
  [
    'an empty archive',
    bytes(
      [0x50, 0x4b, 0x05, 0x06],
      Array.from({ length: 18 }, () => 0),
    ),
  ],
  ['a document of the old container', bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
  ['the first half of a mark', bytes('%PD')],
  ['one byte', bytes('%')],
  ['nothing but NUL', bytes(Array.from({ length: 64 }, () => 0))],
];

export const HONEST = bytes(PDF);

const END_OF_ZIP = [0x50, 0x4b, 0x05, 0x06, ...Array.from({ length: 18 }, () => 0)];

/** Bytes that begin as an honest PDF, and are something else as well to whoever looks further. */
export const POLYGLOTS: readonly (readonly [title: string, bytes: Buffer])[] = [
  ['an archive', bytes(PDF, ZIP_ENTRY, END_OF_ZIP)],
  ['a page', bytes('%PDF-1.4\n', '<!doctype html><script>alert(1)</script>', '\n%%EOF\n')],
];
