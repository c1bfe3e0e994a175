import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const TESTS = '**/*.test.ts';
const SLOW_TESTS = '**/*.slow.test.ts';

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    // Processes, not threads: the engine starts worker threads and shares memory with them, and a
    // search that exhausts its heap then takes one test file with it, not the whole run.
    pool: 'forks',
    // All cores: nobody works beside a test run.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          include: [TESTS],
          exclude: ['**/node_modules/**', SLOW_TESTS],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'slow',
          include: [SLOW_TESTS],
          testTimeout: 10 * 60_000,
          hookTimeout: 10 * 60_000,
        },
      },
    ],
  },
});
