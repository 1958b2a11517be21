import { weighBundles } from './bundles.ts';
import type { Report } from './figure.ts';

/** What each function carries: one line per function, the largest first. */
export const benchBundles = async (report: Report): Promise<void> => {
  const weights = await weighBundles();
  for (const { folder, gzipKb, bytesOf } of weights.toSorted((one, other) => other.gzipKb - one.gzipKb)) {
    report({
      name: `bundle ${folder}`,
      value: gzipKb,
      unit: 'KB gzipped',
      n: 1,
      against: 'handler.mjs and its chunks as deployed, gzip level 9; detail: bytes before gzip by package or own file',
      detail: bytesOf,
    });
  }
};
