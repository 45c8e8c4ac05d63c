import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['src', 'extensions', 'test', 'examples'].map(folder => `${folder}/**/*.test.ts`),
    globalSetup: './test/kit/test-server.ts',
    // The tests wait for PostgreSQL, which needs a core of its own: on two cores, more workers are slower and noisier.
    maxWorkers: 2,
    // A test takes milliseconds; these only tell a hanging one from a machine that does something else as well.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts', 'extensions/**/*.ts'],
      exclude: ['**/generated/**', '**/*.test.ts', '**/*.d.ts'],
    },
  },
})
