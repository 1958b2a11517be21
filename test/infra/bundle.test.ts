import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { bundleFunctions } from '#infra/constructs/bundle.ts';

const directory = mkdtempSync(join(tmpdir(), 'bundle-'));
const bundle = join(directory, 'site/site/handler.mjs');
const digest = () => createHash('sha256').update(readFileSync(bundle)).digest('hex');

const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({ imports: z.array(z.object({ path: z.string(), external: z.boolean().default(false) })) }),
  ),
});

describe('bundles', () => {
  beforeAll(async () => {
    await bundleFunctions(['site/site'], directory);
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('hold the handler and the files it reads, and no source map', () => {
    const files = readdirSync(join(directory, 'site/site'));
    expect(files.filter((name) => !/^chunk-[A-Z0-9]+\.mjs$/.test(name)).sort()).toEqual([
      'handler.mjs',
      'swagger-ui-bundle.js',
      'swagger-ui.css',
    ]);
    expect(existsSync(join(directory, 'source-maps/site/site/handler.mjs.map'))).toBe(true);
  });

  it("import nothing but chunks of their own: Node's modules come when they are used", () => {
    const { outputs } = Metafile.parse(JSON.parse(readFileSync(join(directory, 'metafile.json'), 'utf8')));
    const external = Object.values(outputs).flatMap(({ imports }) => imports.filter((imported) => imported.external));
    expect(external).toEqual([]);
  });

  it('run, and say what they are made of', async () => {
    const { handler } = await import(bundle);
    expect(handler).toBeTypeOf('function');
    const { outputs } = JSON.parse(readFileSync(join(directory, 'metafile.json'), 'utf8'));
    const [, output] = Object.entries<{ inputs: object }>(outputs).find(([path]) => path.endsWith('handler.mjs')) ?? [];
    expect(Object.keys(output?.inputs ?? {})).toContain('functions/site/site/site.ts');
  });

  it('are the same for the same sources', async () => {
    const first = digest();
    await bundleFunctions(['site/site'], directory);
    expect(digest()).toBe(first);
  });

  it('name the handler that is missing', async () => {
    const missing = mkdtempSync(join(tmpdir(), 'bundle-'));
    await expect(bundleFunctions(['calls/no-such-function'], missing)).rejects.toThrow(
      /calls\/no-such-function\/handler\.ts/,
    );
    rmSync(missing, { recursive: true, force: true });
  });
});
