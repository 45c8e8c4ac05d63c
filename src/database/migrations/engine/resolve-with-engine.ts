import { migrationList } from './engine-input.ts'
import { type EngineTask, runEngine } from './run-engine.ts'

/** Whether the changes of a migration are in the database after all, or none of them. */
export type Resolution = 'applied' | 'rolled-back'

/** Has Prisma's engine settle a failed migration in its history. */
export async function resolveWithEngine(
  task: EngineTask,
  migrationName: string,
  resolution: Resolution,
): Promise<void> {
  await runEngine(task, engine =>
    resolution === 'rolled-back'
      ? engine.markMigrationRolledBack({ migrationName })
      : engine.markMigrationApplied({ migrationName, migrationsList: migrationList(task) }),
  )
}
