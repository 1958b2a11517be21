import { expect, test } from 'vitest';
import { extensionOf, isSaneFilename } from '#shared/domain/submission/file-name.ts';

test('an extension is what follows the last dot, in lower case', () => {
  expect(extensionOf('申报书.PDF')).toBe('pdf');
  expect(extensionOf('a.tar.gz')).toBe('gz');
  expect(extensionOf('none')).toBe('');
  expect(extensionOf('.pdf')).toBe('');
});

test.each([
  '申报书.pdf',
  '2022年度（常德市）项目申报书 v1.2 最终版.docx',
  "O'Neill & Söhne #3.xlsx",
  '“五化”建设？！.wps',
  '𠮷野.pdf',
])('takes %s', (name) => {
  expect(isSaneFilename(name)).toBe(true);
});

test.each([
  ['a path', 'a/b.pdf'],
  ['a path of Windows', 'a\\b.pdf'],
  ['a stream of Windows', 'a.pdf:b.pdf'],
  ['a control character', 'a\u0000b.pdf'],
  ['a line break', 'a\nb.pdf'],
  ['a reversed name', 'a\u202Efdp.docx'],
  ['an isolate', 'a\u2066b.pdf'],
  ['a zero-width space', 'a\u200Bb.pdf'],
  ['a lone surrogate', 'a\uD800b.pdf'],
  ['a hidden file', '.htaccess'],
  ['space around it', ' a.pdf'],
  ['a program', 'a.exe'],
  ['a program under a document’s name', '申报书.exe.pdf'],
])('refuses %s', (_, name) => {
  expect(isSaneFilename(name)).toBe(false);
});
