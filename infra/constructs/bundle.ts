import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { builtinModules, createRequire } from 'node:module';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { build, type Metafile, type OutputFile, type Plugin } from 'esbuild';
import type { FunctionFolder } from '../functions.ts';
import type { FunctionCode } from './function-code.ts';

const require = createRequire(import.meta.url);

/** Files of a package that a function reads from beside its bundle. */
const FILES_BESIDE: Readonly<Partial<Record<FunctionFolder, readonly string[]>>> = {
  'site/site': [
    require.resolve('swagger-ui-dist/swagger-ui.css'),
    require.resolve('swagger-ui-dist/swagger-ui-bundle.js'),
  ],
};

const FUNCTIONS = join(import.meta.dirname, '../../functions');

const builtins = new Set(builtinModules);

/**
 * Node's modules by `process.getBuiltinModule`. An `import` of one reads all its exports: for node:http that loads Node's whole WebSocket client,
 * which takes a cold start of the SDK from 53 to 71 ms.
 */
const lazyBuiltins: Plugin = {
  name: 'lazy-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^[a-z0-9:_/]+$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return builtins.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule('node:${path}');`,
      loader: 'js',
    }));
  },
};

/** zod's own writer of JSON Schema, by the names its modules export. */
const SCHEMA_WRITER = /zod[\\/]v4[\\/]core[\\/](?:json-schema-processors|to-json-schema)\.js$/;

/**
 * zod without its writer of JSON Schema, which every schema refers to: 18 KB that a cold start reads and no function uses. Documents are written by
 * programs (`npm run openapi`), which are not bundled; a function that called it would fail with what the stand-in says.
 */
const withoutSchemaWriter: Plugin = {
  name: 'without-schema-writer',
  setup: ({ onLoad }) => {
    onLoad({ filter: SCHEMA_WRITER }, ({ path }) => {
      const exported = [...readFileSync(path, 'utf8').matchAll(/^export (?:const|function) (\w+)/gm)].map(
        ([, name]) => name,
      );
      if (exported.length === 0)
        throw new Error(`${path} exports nothing under a name: zod is written in another way now`);
      const stand = `const absent = () => { throw new Error('JSON Schema is left out of bundles'); };`;
      return {
        contents: `${stand}\nexport { ${exported.map((name) => `absent as ${name}`).join(', ')} };`,
        loader: 'js',
      };
    });
  },
};

const write = (file: string, contents: Uint8Array | string): void => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
};

interface Bundle {
  readonly outputFiles: readonly OutputFile[];
  readonly metafile: Metafile;
}

/** Each function by itself, since functions share no file. What it imports on demand becomes a chunk of its own, compiled only when it is asked for. */
const bundleFunction = (folder: FunctionFolder, outdir: string): Promise<Bundle> =>
  build({
    entryPoints: { handler: join(FUNCTIONS, folder, 'handler.ts') },
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    chunkNames: 'chunk-[hash]',
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    plugins: [lazyBuiltins, withoutSchemaWriter],
    charset: 'utf8',
    legalComments: 'none',
    sourcemap: 'external',
    metafile: true,
    write: false,
    logLevel: 'silent',
  });

/** Each build holds some 100 MB until it is written: four keep two cores busy, all at once took 5 GB. */
const BUILDS_AT_ONCE = 4;

/** Builds function by function and writes as it goes; gives what each output is made of. */
const bundleEach = async (folders: readonly FunctionFolder[], directory: string): Promise<Metafile['outputs'][]> => {
  const outputs: Metafile['outputs'][] = [];
  const waiting = folders.entries();
  const buildNext = async (): Promise<void> => {
    for (const [place, folder] of waiting) {
      const { outputFiles, metafile } = await bundleFunction(folder, join(directory, folder));
      for (const { path, contents } of outputFiles) {
        write(path.endsWith('.map') ? path.replace(directory, join(directory, 'source-maps')) : path, contents);
      }
      outputs[place] = metafile.outputs;
    }
  };
  await Promise.all(Array.from({ length: BUILDS_AT_ONCE }, buildNext));
  return outputs;
};

/** The code of functions that were bundled into this folder. */
export const codeIn =
  (directory: string): FunctionCode =>
  (folder) =>
    Code.fromAsset(join(directory, folder));

/**
 * Bundles functions for Lambda, the SDK included, so that what was tested is what runs.
 *
 * Into `directory`: FOLDER/handler.mjs and its chunks for each folder, the same for the same sources; metafile.json with every file's modules and their
 * sizes in bytes, by paths from there; source-maps/, which are not deployed.
 * @returns the code of each, for a function's construct
 * @throws Error where a handler is missing or does not compile
 */
export const bundleFunctions = async (folders: readonly FunctionFolder[], directory: string): Promise<FunctionCode> => {
  rmSync(directory, { recursive: true, force: true });
  const outputs = (await bundleEach(folders, directory))
    .flatMap((ofFolder) => Object.entries(ofFolder))
    .map(([path, output]) => [relative(directory, resolve(path)), output]);
  write(join(directory, 'metafile.json'), JSON.stringify({ outputs: Object.fromEntries(outputs) }));
  for (const folder of folders) {
    for (const file of FILES_BESIDE[folder] ?? []) {
      copyFileSync(file, join(directory, folder, basename(file)));
    }
  }
  return codeIn(directory);
};
