/** Bytes of one of the two numbers of a P-256 signature. */
const NUMBER_BYTES = 32;

const SEQUENCE = 0x30;
const INTEGER = 0x02;

const refuse = (): never => {
  throw new Error('A signature is no DER sequence of two P-256 numbers');
};

/** The positive INTEGER at an offset, without the zero that keeps it positive, and where it ends. */
const integerAt = (der: Uint8Array, offset: number): { digits: Uint8Array; end: number } => {
  const length = der[offset + 1] ?? 0;
  const end = offset + 2 + length;
  const [first = 0, second = 0] = der.subarray(offset + 2, end);
  const isPadded = first === 0 && second >= 0x80 && length > 1;
  const isShortest = isPadded || (first > 0 && first < 0x80);
  const digits = der.subarray(offset + (isPadded ? 3 : 2), end);
  if (der[offset] !== INTEGER || !isShortest || end > der.length || digits.length > NUMBER_BYTES) return refuse();
  return { digits, end };
};

/**
 * R‖S as JOSE wants it (RFC 7518, 3.4), 64 bytes, of the DER that KMS gives (RFC 3279, 2.2.3): there a number has as few bytes as it needs, and one more where
 * its highest bit is set.
 *
 * @throws Error for anything else
 */
export const toRawSignature = (der: Uint8Array): Uint8Array => {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) return refuse();
  const r = integerAt(der, 2);
  const s = integerAt(der, r.end);
  if (s.end !== der.length) return refuse();
  const raw = new Uint8Array(2 * NUMBER_BYTES);
  raw.set(r.digits, NUMBER_BYTES - r.digits.length);
  raw.set(s.digits, 2 * NUMBER_BYTES - s.digits.length);
  return raw;
};
