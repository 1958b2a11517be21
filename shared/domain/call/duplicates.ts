import type { Fault } from '#shared/domain/fault.ts';

/** The second and later places where a key stands again. */
export const duplicates = (keyed: readonly { path: string; key: unknown }[]): Fault[] => {
  const seen = new Set<unknown>();
  return keyed.flatMap(({ path, key }): Fault[] => {
    if (typeof key !== 'string' || !seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [{ path, code: 'DUPLICATE' }];
  });
};
