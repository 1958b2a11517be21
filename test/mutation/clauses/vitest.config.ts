import { defineConfig } from 'vitest/config';

/** The tests on DynamoDB Local that take seconds, each with its conditions watched. */
export default defineConfig({
  test: {
    include: ['test/integration/**/*.test.ts', 'test/contract/{operations,jobs}.test.ts'],
    exclude: [
      'test/integration/{local-*,lint-call,verify-receipt,bench}/**',
      // Long harnesses: what they notice, the tests of the same conditions do too, and in seconds.
      'test/integration/jobs/seal-{crashes,interleavings}.test.ts',
      'test/integration/limits/**',
      'test/integration/messages/sent-once.test.ts',
      'test/integration/{list-costs,deadlines/every-instant}.test.ts',
    ],
    globalSetup: ['test/mutation/clauses/services.ts'],
    setupFiles: ['test/mutation/clauses/watch.ts'],
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    expect: { requireAssertions: true },
    restoreMocks: true,
    maxWorkers: 2,
    // A test that only a busy machine ends counts as one that noticed something.
    hookTimeout: 120_000,
    testTimeout: 120_000,
  },
});
