import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { legalName, sameName, uniqueNames } from '#shared/files/legal-name.ts';
import { hostileText } from './hostile-text.ts';

describe('names of files', () => {
  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..', '_'],
    ['', '_'],
    ['con.txt', '_con.txt'],
    ['COM1', '_COM1'],
    ['申报书.pdf', '申报书.pdf'],
    ['a\u202egpj.exe', 'agpj.exe'],
    ['结尾.  . ', '结尾'],
    ['a/b\\c:d*e?f"g<h>i|j', 'a_b_c_d_e_f_g_h_i_j'],
  ])('makes %j into %j', (text, name) => {
    expect(legalName(text, 80)).toBe(name);
  });

  it('keeps the extension of what it cuts', () => {
    const name = legalName(`${'长'.repeat(300)}.docx`, 80);
    expect(name.endsWith('长.docx')).toBe(true);
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200);
  });

  it('are legal everywhere and never collide, whatever they are made of', () => {
    fc.assert(
      fc.property(fc.array(hostileText(), { maxLength: 30 }), (texts) => {
        const unique = uniqueNames(60);
        const names = texts.map(unique);
        expect(new Set(names.map(sameName)).size).toBe(texts.length);
        for (const name of names) {
          expect(name).not.toMatch(/[/\\<>:"|?*]|^\.|[. ]$|^$/);
          expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i);
          expect(name.length).toBeLessThanOrEqual(60);
          expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
        }
      }),
      { numRuns: 500 },
    );
  });
});
