import { defineConfig } from 'vitest/config'

/** Where the results are written for a program to count, as .ci/run does. */
const results = process.env['TRELLIS_TEST_RESULTS']

export default defineConfig({
  // The same file that Node resolves for everything in node_modules: two copies of graphql refuse each other's schemas.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['src', 'extensions', 'prisma', 'test', 'examples'].map(folder => `${folder}/**/*.test.ts`),
    ...(results && { reporters: ['default', ['json', { outputFile: results }]] }),
    globalSetup: './test/kit/test-server.ts',
    // The tests wait for PostgreSQL, which needs a core of its own: on two cores, more workers are slower and noisier.
    maxWorkers: 2,
    // No module keeps state, so files share a worker; a fresh one for each would import everything anew.
    isolate: false,
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
