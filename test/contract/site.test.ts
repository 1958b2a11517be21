import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import callSchema from '#shared/contract/call.schema.json' with { type: 'json' };
import openapi from '#shared/contract/openapi.json' with { type: 'json' };
import { type Stores, startStores } from '#test/support/world-stores.ts';
import { type DeployedFunction, deployFunction } from './deployed-function.ts';
import { recordedHttpEvent } from './recorded-events.ts';

const Page = z
  .object({
    statusCode: z.literal(200),
    headers: z.record(z.string(), z.string()),
    body: z.string(),
    isBase64Encoded: z.literal(true),
  })
  .transform(({ headers, body }) => ({ headers, text: gunzipSync(Buffer.from(body, 'base64')).toString() }));

let stores: Stores;
let site: DeployedFunction;

beforeAll(async () => {
  stores = await startStores();
  site = await deployFunction('site', 'site/site', stores);
});

afterAll(async () => {
  await site.remove();
  await stores.stop();
});

const pageOf = async (name: string) => Page.parse(await site.invoke(recordedHttpEvent(`site/${name}`)));

it('the site gives the OpenAPI document to its event', async () => {
  const { headers, text } = await pageOf('openapi');
  expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' });
  expect(JSON.parse(text)).toEqual(openapi);
});

it('the site gives the schema of call definitions to its event', async () => {
  const { headers, text } = await pageOf('call-schema');
  expect(headers['content-type']).toBe('application/schema+json; charset=utf-8');
  expect(JSON.parse(text)).toEqual(callSchema);
});

it('the site gives a page and its script to their events, and forbids them all but our own files', async () => {
  const page = await pageOf('docs');
  expect(page.headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': expect.stringContaining("default-src 'none'; script-src 'self'"),
  });
  expect(page.text).toContain('<script src="/docs/start.js"></script>');
  const script = await pageOf('asset');
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
  expect(script.text).toContain("url: '/openapi.json'");
});
