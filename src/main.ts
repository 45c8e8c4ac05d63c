/** Where the process begins: before anything else is imported, so that all of it comes from the cache. */
import { enableCompileCache } from 'node:module'
import { join } from 'node:path'

// Compiled code of the last start is half of a start saved. Below our own packages, where nobody else writes;
// where we may not write either, Node goes without.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'))
await import('./serve.ts')
