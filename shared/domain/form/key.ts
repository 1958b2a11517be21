import * as z from 'zod';
import type { WellFormedName } from '#shared/contract/well-formed.ts';

/** Keys name answers, columns and materials: they end up in JSON paths and in spreadsheets, so they are plain identifiers. */
export const Key = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'key' satisfies WellFormedName)
  .refine((key) => !['constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty'].includes(key));
