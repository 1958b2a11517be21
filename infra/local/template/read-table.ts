import * as z from 'zod';
import type { LocalTable } from './local-model.ts';
import { parseProperties } from './parse-properties.ts';
import type { ResolvedResource } from './resolve-assembly.ts';

const KeySchema = z.array(z.strictObject({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));

// Strict where a property changes what the table answers; what it costs, who may read it and how it is backed up is left aside.
const TableProperties = z.object({
  AttributeDefinitions: z.array(z.strictObject({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  BillingMode: z.literal('PAY_PER_REQUEST'),
  KeySchema,
  GlobalSecondaryIndexes: z
    .array(
      z.object({
        IndexName: z.string(),
        KeySchema,
        Projection: z.strictObject({
          ProjectionType: z.enum(['KEYS_ONLY', 'INCLUDE', 'ALL']),
          NonKeyAttributes: z.array(z.string()).optional(),
        }),
      }),
    )
    .optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string(), Enabled: z.boolean() }).optional(),
  StreamSpecification: z
    .strictObject({
      StreamViewType: z.enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES']),
    })
    .optional(),
});

/** A global or a plain table as CreateTable takes it, named as `Ref` names it. */
export const readTable = (resource: ResolvedResource): LocalTable => {
  const {
    TimeToLiveSpecification: timeToLive,
    StreamSpecification: stream,
    ...table
  } = parseProperties(resource, TableProperties);
  return {
    logicalId: resource.logicalId,
    create: {
      TableName: String(resource.reference),
      AttributeDefinitions: table.AttributeDefinitions,
      BillingMode: table.BillingMode,
      KeySchema: table.KeySchema,
      ...(table.GlobalSecondaryIndexes === undefined
        ? {}
        : {
            GlobalSecondaryIndexes: table.GlobalSecondaryIndexes.map(({ IndexName, KeySchema, Projection }) => ({
              IndexName,
              KeySchema,
              Projection: {
                ProjectionType: Projection.ProjectionType,
                ...(Projection.NonKeyAttributes ? { NonKeyAttributes: Projection.NonKeyAttributes } : {}),
              },
            })),
          }),
      ...(stream === undefined ? {} : { StreamSpecification: { StreamEnabled: true, ...stream } }),
    },
    ...(timeToLive?.Enabled ? { timeToLive: timeToLive.AttributeName } : {}),
  };
};
