import type { DiffParams } from '@prisma/schema-engine-wasm'
import { migrationList, noFilter } from './engine-input.ts'
import { type EngineTask, runEngine } from './run-engine.ts'

/**
 * The SQL that leads from what the migrations make to what the Prisma schema says; `null` when that
 * is the same. The engine finds out by applying them, so the task's database has to be an empty one.
 */
export async function diffWithEngine(task: EngineTask): Promise<string | null> {
  const input: DiffParams = {
    from: { tag: 'migrations', ...migrationList(task) },
    to: { tag: 'schemaDatamodel', files: task.schemaFiles },
    script: true,
    // With it the exit code tells whether there is a difference (2) or none (0).
    exitCode: true,
    filters: noFilter,
  }
  const { exitCode, stdout } = await runEngine(task, engine => engine.diff(input))
  return exitCode === 0 ? null : stdout
}
