import type { Fault } from '#shared/domain/fault.ts';
import { repeated } from '#shared/domain/repeated.ts';

/** The second and later places where a key stands again. */
export const duplicates = (keyed: readonly { path: string; key: unknown }[]): Fault[] => {
  const again = new Set(repeated(keyed.map(({ key }) => key)));
  return keyed.flatMap(({ path }, index): Fault[] => (again.has(index) ? [{ path, code: 'DUPLICATE' }] : []));
};
