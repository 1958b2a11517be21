import { defineConfig } from 'vitest/config';

/** The tests that need nothing but the processor, with the small counts of properties that a mutant is found by. */
export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts'],
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    expect: { requireAssertions: true },
    restoreMocks: true,
    testTimeout: 15_000,
  },
});
