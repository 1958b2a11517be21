import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'coverage/test-report.json' }]] : ['default'],
    // The clock of record is UTC everywhere; a developer's own zone must not decide a test.
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    expect: { requireAssertions: true },
    restoreMocks: true,
    // DynamoDB Local and the local machine are processes of their own, so two workers fill the two cores that CI gives.
    maxWorkers: 2,
    // Making a set of tables takes DynamoDB Local up to two seconds while another suite writes.
    hookTimeout: 30_000,
    testTimeout: 15_000,
  },
});
