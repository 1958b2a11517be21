import { readFileSync } from 'node:fs';
import openapi from '#shared/contract/openapi.json' with { type: 'json' };
import { site } from './site.ts';

export const handler = site({
  openapi: JSON.stringify(openapi),
  readSwaggerFile: (name) => readFileSync(new URL(name, import.meta.url), 'utf8'),
});
