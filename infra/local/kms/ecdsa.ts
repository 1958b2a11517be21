import { createECDH, randomBytes } from 'node:crypto';

/** Order of the group of P-256 (FIPS 186-5, appendix; SEC 2, 2.4.2). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytesOf = (number: bigint): Buffer => Buffer.from(number.toString(16).padStart(64, '0'), 'hex');

/** Fermat: the order is a prime. */
const inverse = (number: bigint): bigint => {
  let result = 1n;
  let base = number;
  for (let exponent = ORDER - 2n; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = (result * base) % ORDER;
    base = (base * base) % ORDER;
  }
  return result;
};

/** The x coordinate of the point that many times the generator. */
const xOf = (scalar: bigint): bigint => {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(bytesOf(scalar));
  return numberOf(ecdh.getPublicKey().subarray(1, 33));
};

const randomScalar = (): bigint => {
  for (;;) {
    const scalar = numberOf(randomBytes(32));
    if (scalar > 0n && scalar < ORDER) return scalar;
  }
};

/** As few bytes as it needs, and one more where its highest bit would make it negative. */
const derInteger = (number: bigint): Buffer => {
  const hex = number.toString(16);
  const digits = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const padded = (digits[0] ?? 0) < 0x80 ? digits : Buffer.concat([Buffer.of(0), digits]);
  return Buffer.concat([Buffer.of(0x02, padded.length), padded]);
};

const derOf = (r: bigint, s: bigint): Buffer => {
  const body = Buffer.concat([derInteger(r), derInteger(s)]);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
};

/**
 * Signs a SHA-256 digest as ECDSA on P-256 does (FIPS 186-5, 6.4.1), as DER. node:crypto hashes whatever it is given to sign and KMS does not, hence by hand;
 * for keys of demo data alone, since its time depends on them.
 * @param privateKey 32 bytes
 */
export const signDigest = (privateKey: Uint8Array, digest: Uint8Array): Buffer => {
  for (;;) {
    const nonce = randomScalar();
    const r = xOf(nonce) % ORDER;
    const s = (inverse(nonce) * (numberOf(digest) + r * numberOf(privateKey))) % ORDER;
    if (r > 0n && s > 0n) return derOf(r, s);
  }
};
