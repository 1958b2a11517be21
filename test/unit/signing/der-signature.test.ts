import { generateKeyPairSync, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRawSignature } from '#shared/signing/der-signature.ts';

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const MESSAGE = Buffer.from('message');

const isGood = (raw: Uint8Array): boolean =>
  verify('sha256', MESSAGE, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw);

/** DER signatures until one has the look asked for. */
const signatureWith = (looks: (r: Buffer, s: Buffer) => boolean): Buffer => {
  for (;;) {
    const der = sign('sha256', MESSAGE, privateKey);
    const rEnd = 4 + (der[3] ?? 0);
    if (looks(der.subarray(4, rEnd), der.subarray(rEnd + 2))) return der;
  }
};

const LOOKS: Readonly<Record<string, (r: Buffer, s: Buffer) => boolean>> = {
  'a high bit in R': (r) => r.length === 33,
  'a high bit in S': (_, s) => s.length === 33,
  'high bits in both': (r, s) => r.length === 33 && s.length === 33,
  'high bits in neither': (r, s) => r.length === 32 && s.length === 32,
  'a short R': (r) => r.length < 32,
  'a short S': (_, s) => s.length < 32,
};

/** A positive number of at most 32 bytes, by its bytes without leading zeros. */
const magnitude = fc
  .uint8Array({ minLength: 1, maxLength: 32 })
  .filter(([first]) => first !== undefined && first > 0)
  .map((bytes) => Buffer.from(bytes));

const integer = (digits: Buffer): Buffer => {
  const content = (digits[0] ?? 0) >= 0x80 ? Buffer.concat([Buffer.of(0), digits]) : digits;
  return Buffer.concat([Buffer.of(2, content.length), content]);
};
const sequence = (...parts: Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, content.length), content]);
};
const padded = (digits: Buffer): string => digits.toString('hex').padStart(64, '0');

describe('R‖S from DER', () => {
  it.each(Object.entries(LOOKS))('verifies with %s', (_, looks) => {
    expect(isGood(toRawSignature(signatureWith(looks)))).toBe(true);
  });

  it('verifies for any signature of node:crypto', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (message) => {
        const raw = toRawSignature(sign('sha256', message, privateKey));
        expect(verify('sha256', message, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('pads numbers of any length to 32 bytes', () => {
    fc.assert(
      fc.property(magnitude, magnitude, (r, s) => {
        const raw = toRawSignature(sequence(integer(r), integer(s)));
        expect(Buffer.from(raw).toString('hex')).toBe(`${padded(r)}${padded(s)}`);
      }),
    );
  });

  it('never reads past the end, and takes nothing but the shortest form', () => {
    fc.assert(
      fc.property(magnitude, magnitude, fc.nat(), fc.nat(255), (r, s, at, byte) => {
        const der = sequence(integer(r), integer(s));
        const changed = Buffer.from(der);
        changed[at % der.length] = byte;
        try {
          expect(toRawSignature(changed)).toHaveLength(64);
        } catch (error) {
          expect(String(error)).toContain('no DER sequence');
        }
      }),
      { numRuns: 1_000 },
    );
    const one = Buffer.of(1);
    for (const der of [
      Buffer.alloc(0),
      sequence(integer(one)),
      sequence(integer(one), integer(one), integer(one)),
      sequence(Buffer.of(2, 0), integer(one)),
      sequence(Buffer.of(2, 1, 0), integer(one)),
      sequence(Buffer.of(2, 2, 0, 1), integer(one)),
      sequence(Buffer.of(2, 1, 0x80), integer(one)),
      sequence(integer(Buffer.alloc(33, 1)), integer(one)),
      Buffer.concat([sequence(integer(one), integer(one)), Buffer.of(0)]),
      sequence(integer(one), integer(one)).subarray(0, -1),
    ]) {
      expect(() => toRawSignature(der), der.toString('hex')).toThrow('no DER sequence');
    }
  });
});
