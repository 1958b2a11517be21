import { basename, dirname } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { LastingWorker } from './lasting-worker.ts';

/** How far a test file is from what is changed: it has its name, its folder, is of the domain, or reads a whole notice first. */
const distance = (test: string, changed: string): number => {
  const folder = basename(dirname(test));
  if (folder === 'calls') return 3;
  if (folder !== basename(dirname(changed))) return 2;
  return basename(test, '.test.ts') === basename(changed, '.ts') ? 0 : 1;
};

/** The tests of what is changed first, then the quick files before the long ones: a mutant is done with the first test that fails. */
class LikeliestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const [changed = ''] = this.ctx.config.related ?? [];
    const quickestFirst = (await super.sort(files)).reverse();
    return quickestFirst.sort((one, other) => distance(one.moduleId, changed) - distance(other.moduleId, changed));
  }
}

/** The tests of the domain by itself and on the real calls, with the few cases of properties that find a mutant. */
export default defineConfig({
  plugins: [
    {
      name: 'lasting-worker',
      // Here, for Stryker writes a pool of Vitest's own over that of this file.
      configureVitest({ project }) {
        project.config.pool = 'lasting';
        project.config.poolRunner = { name: 'lasting', createPoolWorker: (options) => new LastingWorker(options) };
      },
    },
  ],
  test: {
    include: ['test/unit/{domain,calls}/**/*.test.ts'],
    exclude: ['**/answers-agree.test.ts', '**/hostile-definitions.test.ts'],
    setupFiles: ['test/mutation/property-defaults.ts'],
    sequence: { sequencer: LikeliestFirst },
    env: {
      TZ: 'UTC',
      POWERTOOLS_LOG_LEVEL: 'SILENT',
      PROPERTY_SHARE: '0.05',
      TREE_SIZES: '20',
    },
    expect: { requireAssertions: true },
    restoreMocks: true,
    testTimeout: 15_000,
  },
});
