/** The process of an isolated extension: told by its gateway what to be, and gone when the gateway is. */
import { Worker } from 'node:worker_threads'
import { keepCompiledCode } from './lib/keep-compiled-code.ts'

keepCompiledCode()
// Beside the event loop, which extension code may block: whatever happens, no process outlives its gateway.
new Worker(new URL('./isolation/outlive-nobody.ts', import.meta.url), {
  workerData: process.ppid,
  execArgv: [],
  resourceLimits: { maxOldGenerationSizeMb: 16 },
}).unref()
const { runPart } = await import('./start/run-part.ts')
runPart()
