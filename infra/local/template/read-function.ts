import * as z from 'zod';
import type { LocalFunction } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const FunctionProperties = z.object({
  Runtime: z.literal('nodejs24.x'),
  Handler: z.string(),
  Code: z.object({ S3Key: z.string() }),
  // Lambda's own defaults.
  Timeout: z.number().default(3),
  MemorySize: z.number().default(128),
  EphemeralStorage: z.object({ Size: z.number() }).default({ Size: 512 }),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).optional(),
});

export const functionName = (arn: string): string => {
  // The ARN itself, or the URI of its invocations.
  const name = /:function:([^:/]+)/.exec(arn)?.[1];
  if (name === undefined) throw new Error(`"${arn}" is no function's ARN: the local machine invokes functions alone.`);
  return name;
};

/** A function whose code is an asset of the assembly. */
export const readFunction = (resource: ResolvedResource, assetPaths: ReadonlyMap<string, string>): LocalFunction => {
  const properties = parseProperties(resource, FunctionProperties);
  const hash = properties.Code.S3Key.replace(/\.zip$/, '');
  const directory = assetPaths.get(hash);
  if (directory === undefined) throw new Error(`${resource.logicalId}: the assembly holds no asset ${hash}.`);
  return {
    name: String(resource.reference),
    arn: String(resource.attribute('Arn')),
    directory,
    handler: properties.Handler,
    timeoutSeconds: properties.Timeout,
    memoryMegabytes: properties.MemorySize,
    scratchMegabytes: properties.EphemeralStorage.Size,
    environment: properties.Environment?.Variables ?? {},
  };
};
