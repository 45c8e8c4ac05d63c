/** Where the process begins: a primary that holds the port, and workers that serve. */
import cluster from 'node:cluster'
import { keepCompiledCode } from './lib/keep-compiled-code.ts'

if (cluster.isPrimary) {
  const { runPrimary } = await import('./primary/index.ts')
  await runPrimary()
} else {
  keepCompiledCode()
  await import('./serve.ts')
}
