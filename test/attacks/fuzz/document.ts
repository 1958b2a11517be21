import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import * as z from 'zod';
import openapi from '#shared/contract/openapi.json' with { type: 'json' };
import type { Operation } from '#shared/contract/operation.ts';
import { RequestSchema } from './request-schema.ts';

const Content = z.record(z.string(), z.object({ schema: z.unknown().optional() }));

const OperationObject = z.object({
  operationId: z.string(),
  parameters: z
    .array(
      z.object({
        in: z.enum(['path', 'query', 'header']),
        name: z.string(),
        required: z.boolean().optional(),
        schema: RequestSchema,
      }),
    )
    .default([]),
  requestBody: z.object({ required: z.boolean().optional(), content: Content }).optional(),
  responses: z.record(
    z.string(),
    z.object({
      description: z.string(),
      headers: z.record(z.string(), z.object({ required: z.boolean().optional() })).optional(),
      content: Content.optional(),
    }),
  ),
});
type OperationObject = z.output<typeof OperationObject>;

const { paths } = z.object({ paths: z.record(z.string(), z.record(z.string(), OperationObject)) }).parse(openapi);

// Not strict: the document holds keywords of OpenAPI beside those of JSON Schema.
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema(openapi, 'openapi.json');

const methodOf = ({ method }: Operation): string => method.toLowerCase();

/** An operation as the document describes it. */
export const documented = (operation: Operation): OperationObject => {
  const found = paths[operation.path]?.[methodOf(operation)];
  if (found === undefined) throw new Error(`The document has no ${operation.method} ${operation.path}.`);
  return found;
};

const compiled = new Map<string, ValidateFunction>();

/** A schema of the document, by the steps below the operation that lead to it. */
export const validatorOf = (operation: Operation, steps: readonly string[]): ValidateFunction => {
  const pointer = ['paths', operation.path, methodOf(operation), ...steps]
    .map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi.json#/${pointer}` });
  compiled.set(pointer, known);
  return known;
};
