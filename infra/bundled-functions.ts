import { bundleFunctions } from './constructs/bundle.ts';
import { FUNCTION_FOLDERS } from './functions.ts';
import { madeOnce } from './made-once.ts';

/**
 * The bundles of all functions, made once for the same sources: synthesis, the local machine and what weighs bundles share them.
 * @returns the folder, with what bundleFunctions() writes
 * @throws Error where a handler does not compile
 */
export const bundledFunctions = (): Promise<string> =>
  madeOnce('bundles', async (directory) => {
    await bundleFunctions(FUNCTION_FOLDERS, directory);
  });
