import type { Material } from './definition.ts';

const UNITS = { KB: 1024, MB: 1024 * 1024 } as const;

/** A size of a definition in bytes; "20MB" counts as office software does, 1 KB = 1024 bytes. */
export const sizeInBytes = (size: Material['maxSize']): number => {
  if (typeof size === 'number') return size;
  return Number.parseInt(size, 10) * (size.endsWith('KB') ? UNITS.KB : UNITS.MB);
};
