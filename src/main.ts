/** Where the process begins: a primary that holds the port, and workers that serve. */
import cluster from 'node:cluster'

if (cluster.isPrimary) {
  const { runPrimary } = await import('./primary/index.ts')
  await runPrimary()
} else {
  // Before anything else is imported, so that all of it comes from the cache.
  const { enableCompileCache } = await import('node:module')
  const path = await import('node:path')
  // Compiled code of the last start is half of a start saved. Below our own packages, where nobody else writes;
  // where we may not write either, Node goes without.
  enableCompileCache(path.join(import.meta.dirname, '..', 'node_modules', '.cache', 'node'))
  await import('./serve.ts')
}
