import { readFileSync } from 'node:fs';
import callSchema from '#shared/contract/call.schema.json' with { type: 'json' };
import openapi from '#shared/contract/openapi.json' with { type: 'json' };
import { site } from './site.ts';

export const handler = site({
  openapi: JSON.stringify(openapi),
  callSchema: JSON.stringify(callSchema),
  readSwaggerFile: (name) => readFileSync(new URL(name, import.meta.url), 'utf8'),
});
