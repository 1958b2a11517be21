import * as z from 'zod';
import type { LocalInvokeConfig } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import { lastPart, targetOf } from './read-mapping.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const InvokeConfigProperties = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.number().default(2),
  DestinationConfig: z.strictObject({ OnFailure: z.strictObject({ Destination: z.string() }) }).optional(),
});

/** What Lambda does about an event that a function fails at while nobody waits for it. */
export const readInvokeConfig = (resource: ResolvedResource): LocalInvokeConfig => {
  const { FunctionName, MaximumRetryAttempts, DestinationConfig } = parseProperties(resource, InvokeConfigProperties);
  return {
    functionName: targetOf(FunctionName),
    retries: MaximumRetryAttempts,
    ...(DestinationConfig && { deadLetters: lastPart(DestinationConfig.OnFailure.Destination) }),
  };
};
