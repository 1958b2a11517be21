import { beforeAll, describe, expect, it } from 'vitest';
import { FUNCTION_FOLDERS } from '#infra/functions.ts';
import { CARRIERS, CEILINGS_KB } from '#test/bench/bundle-limits.ts';
import { type BundleWeight, weighBundles } from '#test/bench/bundles.ts';

let weights: readonly BundleWeight[];
beforeAll(async () => {
  weights = await weighBundles();
  // All functions at once: half a minute on an idle machine, minutes on one that is busy.
}, 300_000);

const weightOf = (folder: string): BundleWeight => {
  const weight = weights.find((candidate) => candidate.folder === folder);
  if (weight === undefined) throw new Error(`${folder} was not bundled`);
  return weight;
};

describe('what the functions carry', () => {
  it('has a ceiling for each function, and for nothing else', () => {
    expect(Object.keys(CEILINGS_KB).sort()).toEqual([...FUNCTION_FOLDERS].sort());
  });

  it.each([...FUNCTION_FOLDERS])('stays under the ceiling of %s', (folder) => {
    const { gzipKb } = weightOf(folder);
    expect(gzipKb).toBeGreaterThan(1);
    expect(gzipKb).toBeLessThanOrEqual(CEILINGS_KB[folder] ?? 0);
  });

  it.each(Object.entries(CARRIERS))('has %s only where it is needed', (carried, allowed) => {
    const carriers = weights.filter(({ bytesOf }) => (bytesOf[carried] ?? 0) > 0).map(({ folder }) => folder);
    expect(carriers.sort()).toEqual([...allowed].sort());
  });

  it('has zod without its writer of JSON Schema, which no function uses', () => {
    for (const { bytesOf } of weights) expect(bytesOf.zod ?? 0).toBeLessThan(95_000);
  });

  it('is known file by file: its own factory is in each', () => {
    for (const { folder, bytesOf } of weights) {
      const name = folder.split('/').at(-1);
      expect(Object.keys(bytesOf)).toContain(`functions/${folder}/${name}.ts`);
    }
  });
});
