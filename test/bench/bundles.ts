import { readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { bundledFunctions } from '#infra/bundled-functions.ts';
import { FUNCTION_FOLDERS, type FunctionFolder } from '#infra/functions.ts';

/** What one function carries. */
export interface BundleWeight {
  readonly folder: FunctionFolder;
  /** KB of 1,024 bytes of handler.mjs and its chunks, gzipped at level 9. */
  readonly gzipKb: number;
  /** Bytes of the minified bundle by package, and by file for what is our own; the largest first. */
  readonly bytesOf: Readonly<Record<string, number>>;
}

const Metafile = z.object({
  outputs: z.record(
    z.string(),
    z.object({
      inputs: z.record(z.string(), z.object({ bytesInOutput: z.number() })),
    }),
  ),
});

const PACKAGE = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/;

/** `@aws-sdk/core` for a file of a package, else the file itself. */
const carrierOf = (input: string): string => PACKAGE.exec(input)?.[1] ?? input;

const bytesByCarrier = (inputs: readonly [string, { bytesInOutput: number }][]): Record<string, number> => {
  const bytes = new Map<string, number>();
  for (const [input, { bytesInOutput }] of inputs) {
    const carrier = carrierOf(input);
    bytes.set(carrier, (bytes.get(carrier) ?? 0) + bytesInOutput);
  }
  return Object.fromEntries([...bytes].sort(([, one], [, other]) => other - one));
};

/** Weighs each function's bundle, as it is deployed. */
export const weighBundles = async (): Promise<readonly BundleWeight[]> => {
  const directory = await bundledFunctions();
  const metafile: unknown = JSON.parse(await readFile(join(directory, 'metafile.json'), 'utf8'));
  const { outputs } = Metafile.parse(metafile);
  return Promise.all(
    FUNCTION_FOLDERS.map(async (folder) => {
      const files = Object.entries(outputs).filter(
        ([path]) => path.startsWith(join(folder, sep)) && path.endsWith('.mjs'),
      );
      const codes = await Promise.all(files.map(([path]) => readFile(join(directory, path))));
      const bytes = codes.reduce((total, code) => total + gzipSync(code, { level: 9 }).byteLength, 0);
      return {
        folder,
        gzipKb: Math.round((bytes / 1024) * 10) / 10,
        bytesOf: bytesByCarrier(files.flatMap(([, { inputs }]) => Object.entries(inputs))),
      };
    }),
  );
};
