import * as z from 'zod';
import type { ResolvedResource } from './resolve-assembly.ts';

/**
 * The resource's resolved properties, of the shape that the local machine understands.
 * @throws Error that names the resource and the properties it stumbled over
 */
export const parseProperties = <Schema extends z.ZodType>(
  resource: ResolvedResource,
  schema: Schema,
): z.output<Schema> => {
  const parsed = schema.safeParse(resource.properties());
  if (parsed.success) return parsed.data;
  const at = `${resource.stackName}/${resource.logicalId} (${resource.type})`;
  throw new Error(`${at} is not understood by the local machine: ${z.prettifyError(parsed.error)}`);
};
