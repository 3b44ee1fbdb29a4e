import { defineConfig } from 'vitest/config';

/**
 * Three suites: `unit` runs in Node against the sources, `differential` asks generated questions of every backend and of a
 * reference, `browser` drives Chromium against the production build.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          // Left to itself, one worker on two cores.
          maxWorkers: 2,
          // Modules are loaded once for all files of a worker: loading them anew for each took half of the time.
          isolate: false,
        },
      },
      {
        test: {
          name: 'differential',
          environment: 'node',
          include: ['tests/differential/**/*.test.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'browser',
          environment: 'node',
          include: ['tests/browser/**/*.test.ts'],
          globalSetup: ['tests/browser/global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          expect: { poll: { timeout: 30_000 } },
          // Each file has a browser of its own; more at once than there are cores would only wait for one another.
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: 'faults',
          environment: 'node',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: ['tests/browser/global-setup.ts'],
          // One test is a loop over every operation of the storage.
          testTimeout: 1_800_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
        },
      },
    ],
  },
});
