import * as z from 'zod';
import type { LocalBucket } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const CorsRule = z.object({
  AllowedOrigins: z.array(z.string()),
  AllowedMethods: z.array(z.string()),
  AllowedHeaders: z.array(z.string()).default([]),
  ExposedHeaders: z.array(z.string()).default([]),
  MaxAge: z.number().optional(),
});

const BucketProperties = z.object({
  CorsConfiguration: z.object({ CorsRules: z.array(CorsRule) }).optional(),
  VersioningConfiguration: z.object({ Status: z.string() }).optional(),
  NotificationConfiguration: z
    .strictObject({ EventBridgeConfiguration: z.object({ EventBridgeEnabled: z.boolean() }) })
    .optional(),
});

export const readBucket = (resource: ResolvedResource): LocalBucket => {
  const properties = parseProperties(resource, BucketProperties);
  return {
    logicalId: resource.logicalId,
    name: String(resource.reference),
    versioned: properties.VersioningConfiguration?.Status === 'Enabled',
    sendsEvents: properties.NotificationConfiguration?.EventBridgeConfiguration.EventBridgeEnabled ?? false,
    cors: (properties.CorsConfiguration?.CorsRules ?? []).map((rule) => ({
      allowedOrigins: rule.AllowedOrigins,
      allowedMethods: rule.AllowedMethods,
      allowedHeaders: rule.AllowedHeaders,
      exposedHeaders: rule.ExposedHeaders,
      ...(rule.MaxAge === undefined ? {} : { maxAge: rule.MaxAge }),
    })),
  };
};
