import type { Format } from './definition.ts';

/**
 * The patterns behind the formats: our own literals, and none can backtrack beyond a bounded label. A published schema carries them as they stand.
 * uscc: 统一社会信用代码 (GB 32100-2015). phone-cn: a landline with or without area code and extension, or a mobile.
 */
export const FORMAT_PATTERNS: Readonly<Record<Format, RegExp>> = {
  uscc: /^[1-9A-HJ-NPQRTUWXY][0-9A-HJ-NPQRTUWXY][0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$/,
  'phone-cn': /^(?:1[3-9][0-9]{9}|(?:0[1-9][0-9]{1,2}-?)?[2-9][0-9]{6,7}(?:-[0-9]{1,6})?)$/,
  'mobile-cn': /^1[3-9][0-9]{9}$/,
  'postcode-cn': /^[0-9]{6}$/,
  email:
    /^(?=[^@]{1,64}@)[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
};

/** The longest text a format can hold, in characters; an address longer than 254 fits no mail envelope (RFC 5321). */
export const FORMAT_MAX_LENGTH: Readonly<Record<Format, number>> = {
  uscc: 18,
  'phone-cn': 20,
  'mobile-cn': 11,
  'postcode-cn': 6,
  email: 254,
};

const USCC_DIGITS = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The check digit: each character's place in the alphabet, weighted by powers of 3, adds up to a multiple of 31. */
const hasUsccCheckDigit = (text: string): boolean => {
  let weight = 1;
  let sum = 0;
  for (const character of text.slice(0, -1)) {
    sum += USCC_DIGITS.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return USCC_DIGITS[(31 - (sum % 31)) % 31] === text.at(-1);
};

/** Whether a text has the format, exactly as written: no blanks around it, no full-width digits. */
export const hasFormat = (text: string, format: Format): boolean =>
  text.length <= FORMAT_MAX_LENGTH[format] &&
  FORMAT_PATTERNS[format].test(text) &&
  (format !== 'uscc' || hasUsccCheckDigit(text));
