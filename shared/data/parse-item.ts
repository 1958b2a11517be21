import type * as z from 'zod';
import { compileWhenWarm } from '#shared/contract/compile-when-warm.ts';

/**
 * Parses what a table gave. An item that does not parse is our own fault, never the caller's: the error names the kind of item and the paths that are
 * wrong, never a value.
 */
export const parseItem = <Schema extends z.ZodType>(kind: string, schema: Schema, item: unknown): z.output<Schema> => {
  const parsed = schema.safeParse(item, compileWhenWarm(schema));
  if (parsed.success) return parsed.data;
  const paths = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ');
  throw new Error(`A stored ${kind} does not have the expected shape: ${paths}`);
};
