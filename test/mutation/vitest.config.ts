import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The quick files before the long ones: a mutant is done with the first test that fails. */
class QuickestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).reverse();
  }
}

/** The tests of the domain by itself and on the real calls, with the few cases of properties that find a mutant. */
export default defineConfig({
  test: {
    include: ['test/unit/{domain,calls}/**/*.test.ts'],
    exclude: ['**/answers-agree.test.ts', '**/hostile-definitions.test.ts'],
    setupFiles: ['test/mutation/property-defaults.ts'],
    isolate: false,
    sequence: { sequencer: QuickestFirst },
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
