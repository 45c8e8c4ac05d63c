import { join } from 'node:path'
import type { ViteUserConfig } from 'vitest/config'

const repository = join(import.meta.dirname, '..', '..')
const installed = join(repository, 'node_modules')

/**
 * Vitest's configuration for an extension in a folder of its own, outside of the repository: what it shares with
 * Trellis is found in the repository, as it is when the extension is installed there.
 */
export const extensionTests: ViteUserConfig = {
  resolve: {
    alias: [
      // The file that Node resolves: two copies of graphql refuse each other's schemas.
      { find: /^graphql$/, replacement: join(installed, 'graphql', 'index.js') },
      { find: /^(@trellis\/(?:sdk|testing)|kysely)$/, replacement: join(installed, '$1') },
    ],
  },
  test: {
    globalSetup: join(import.meta.dirname, 'test-server.ts'),
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
}
