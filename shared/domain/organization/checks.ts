import type { Fault } from '#shared/domain/fault.ts';
import type { Format } from '#shared/domain/form/definition.ts';
import { hasFormat } from '#shared/domain/form/formats.ts';

/** What is wrong with one value, told at its path. */
export type Check = (path: string, value: string) => Fault[];

/** Not blank and at most `limit` code points; control characters are refused, for they cannot be seen, and break what is printed. */
export const text =
  (limit: number): Check =>
  (path, value) => {
    const length = [...value].length;
    if (value.trim() === '') return [{ path, code: 'TOO_SHORT', params: { limit: 1 } }];
    if (length > limit) return [{ path, code: 'TOO_LONG', params: { limit } }];
    return /\p{Cc}/u.test(value) || !value.isWellFormed() ? [{ path, code: 'CONTROL_CHARACTER' }] : [];
  };

export const format =
  (name: Format): Check =>
  (path, value) =>
    hasFormat(value, name) ? [] : [{ path, code: 'FORMAT', params: { format: name } }];

/** What is not there is not looked at. */
export const given = (path: string, value: string | undefined, check: Check): Fault[] =>
  value === undefined ? [] : check(path, value);
