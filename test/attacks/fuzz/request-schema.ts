import * as z from 'zod';

/** A schema of a request, with the keywords our document uses in requests. */
export interface RequestSchema {
  readonly type?: 'object' | 'array' | 'string' | 'integer' | 'number' | undefined;
  readonly enum?: readonly string[] | undefined;
  readonly const?: string | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly minLength?: number | undefined;
  readonly maxLength?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: 'date' | 'date-time' | undefined;
  readonly maxItems?: number | undefined;
  readonly required?: readonly string[] | undefined;
  readonly additionalProperties?: false | Readonly<Record<string, never>> | undefined;
  readonly properties?: Readonly<Record<string, RequestSchema>> | undefined;
  readonly items?: RequestSchema | undefined;
  readonly anyOf?: readonly RequestSchema[] | undefined;
  readonly oneOf?: readonly RequestSchema[] | undefined;
}

/** Strict, so that a keyword nobody taught the fuzz stops it: what it does not know it would neither generate nor break. */
export const RequestSchema: z.ZodType<RequestSchema> = z.strictObject({
  // What says something to a reader, and nothing about which values are right.
  description: z.string().optional(),
  default: z.unknown().optional(),
  examples: z.array(z.unknown()).optional(),
  type: z.enum(['object', 'array', 'string', 'integer', 'number']).optional(),
  enum: z.array(z.string()).optional(),
  const: z.string().optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.int().optional(),
  maxLength: z.int().optional(),
  pattern: z.string().optional(),
  format: z.enum(['date', 'date-time']).optional(),
  maxItems: z.int().optional(),
  required: z.array(z.string()).optional(),
  additionalProperties: z.union([z.literal(false), z.record(z.string(), z.never())]).optional(),
  // Of names, that they are texts: in JSON nothing else is possible.
  propertyNames: z.strictObject({ type: z.literal('string') }).optional(),
  properties: z
    .record(
      z.string(),
      z.lazy(() => RequestSchema),
    )
    .optional(),
  items: z.lazy(() => RequestSchema).optional(),
  anyOf: z.array(z.lazy(() => RequestSchema)).optional(),
  oneOf: z.array(z.lazy(() => RequestSchema)).optional(),
});
