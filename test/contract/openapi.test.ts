import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openApiDocument, openApiText } from '#infra/openapi/document.ts';
import { OPERATIONS } from '#shared/contract/operations.ts';

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const document = z.record(z.string(), z.unknown()).parse(JSON.parse(openApiText()));
    const result = await validator.validate(document);
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('is committed as it is emitted (npm run openapi)', () => {
    expect(readFileSync('shared/contract/openapi.json', 'utf8')).toBe(openApiText());
  });

  it('documents every operation under its id', () => {
    const documented = Object.values(openApiDocument().paths ?? {}).flatMap((path) =>
      Object.values(path ?? {}).flatMap((operation) =>
        operation !== null && typeof operation === 'object' && 'operationId' in operation
          ? [operation.operationId]
          : [],
      ),
    );
    const operationIds = Object.values(OPERATIONS).flatMap((operations) => Object.keys(operations));
    expect(documented.sort()).toEqual(operationIds.sort());
  });
});
