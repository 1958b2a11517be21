import type * as z from 'zod';

/** A parser that zod compiles costs a fraction of a millisecond, and saves some microseconds each time: it pays after some dozens of values. */
const USES_BEFORE_COMPILED = 32;

const uses = new WeakMap<z.ZodType, number>();

/**
 * How to parse with a schema: as it is at first, compiled once it has been used often. Most instances parse a value or two by most of their schemas before they
 * end, and a first submit took 7 % more of the processor for compiling (`npm run bench -- cold`); what reads 100,000 items is compiled at once.
 */
export const compileWhenWarm = (schema: z.ZodType): { readonly jitless: boolean } => {
  const used = uses.get(schema) ?? 0;
  if (used >= USES_BEFORE_COMPILED) return { jitless: false };
  uses.set(schema, used + 1);
  return { jitless: true };
};
