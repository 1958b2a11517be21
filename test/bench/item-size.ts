import type { AttributeValue } from '@aws-sdk/client-dynamodb';

/** An item in DynamoDB's own notation. */
export type StoredItem = Readonly<Record<string, AttributeValue>>;

/** Overhead of a list or map, whatever is in it, and of each of its elements. */
const DOCUMENT_BYTES = 3;
const ELEMENT_BYTES = 1;

const utf8 = (text: string): number => Buffer.byteLength(text, 'utf8');

const sum = <T>(values: readonly T[], size: (value: T) => number): number =>
  values.reduce((total, value) => total + size(value), 0);

/**
 * One byte per pair of digits and one more, pairs counted from the decimal point; zeroes at either end are not kept. The published rule is
 * `approximately` that; a negative number takes one more, as DynamoDB Local counts it.
 */
const numberSize = (text: string): number => {
  const match = /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  if (match === null) throw new Error(`No number of DynamoDB's: ${text}`);
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = `${whole}${fraction}`;
  const significant = digits.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return 1;
  // Power of ten above the first significant digit: 3 for 461, 0 for 0.5.
  const leading = digits.length - digits.replace(/^0+/, '').length;
  const magnitude = whole.length - leading + Number(exponent);
  const padding = Math.abs(magnitude % 2);
  return Math.ceil((significant.length + padding) / 2) + 1 + (sign === '-' ? 1 : 0);
};

const valueSize = (value: AttributeValue): number => {
  if (value.S !== undefined) return utf8(value.S);
  if (value.N !== undefined) return numberSize(value.N);
  if (value.B !== undefined) return value.B.byteLength;
  if (value.SS !== undefined) return sum(value.SS, utf8);
  if (value.NS !== undefined) return sum(value.NS, numberSize);
  if (value.BS !== undefined) return sum(value.BS, ({ byteLength }) => byteLength);
  if (value.BOOL !== undefined || value.NULL !== undefined) return 1;
  if (value.L !== undefined) return DOCUMENT_BYTES + sum(value.L, (element) => ELEMENT_BYTES + valueSize(element));
  if (value.M !== undefined)
    return (
      DOCUMENT_BYTES +
      sum(Object.entries(value.M), ([name, element]) => ELEMENT_BYTES + utf8(name) + valueSize(element))
    );
  throw new Error(`No attribute value of DynamoDB's: ${Object.keys(value).join()}`);
};

/**
 * Bytes that DynamoDB counts for an item's reads and writes (the 100 bytes it adds for storage are not among them):
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html
 */
export const itemSize = (item: StoredItem): number =>
  sum(Object.entries(item), ([name, value]) => utf8(name) + valueSize(value));
