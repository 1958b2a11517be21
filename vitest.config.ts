import { defineConfig } from 'vitest/config';

/** Tests that need nothing but the processor. */
const BY_THEMSELVES = 'test/{unit,infra}/**/*.test.ts';
/** Tests that start the whole local machine. */
const ON_THE_MACHINE = [
  'test/e2e/**/*.test.ts',
  'test/attacks/on-the-machine/**/*.test.ts',
  'test/integration/local-machine/{stack,programs}*.test.ts',
];

export default defineConfig({
  test: {
    projects: [
      {
        extends: true,
        // Its files share a worker's modules, here and below: loading the CDK, or the SDK, takes longer than most of them.
        test: { name: 'by themselves', include: [BY_THEMSELVES], isolate: false },
      },
      {
        extends: true,
        test: {
          name: 'on services',
          include: ['test/**/*.test.ts'],
          exclude: [BY_THEMSELVES, ...ON_THE_MACHINE],
          globalSetup: ['test/support/global-setup.ts'],
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'on the local machine',
          include: ON_THE_MACHINE,
          globalSetup: ['test/support/synthesize-once.ts'],
        },
      },
    ],
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'coverage/test-report.json' }]] : ['default'],
    // The clock of record is UTC everywhere; a developer's own zone must not decide a test.
    env: { TZ: 'UTC', POWERTOOLS_LOG_LEVEL: 'SILENT' },
    expect: { requireAssertions: true },
    restoreMocks: true,
    // Of the two cores that CI gives, two workers leave a fifth unused: they wait for services. With a third a run takes 427 s instead of 567.
    maxWorkers: 3,
    // Making a set of tables takes DynamoDB Local up to two seconds while another suite writes.
    hookTimeout: 30_000,
    testTimeout: 15_000,
  },
});
