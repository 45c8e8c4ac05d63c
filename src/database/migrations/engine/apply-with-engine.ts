import { migrationList, noFilter } from './engine-input.ts'
import { type EngineTask, runEngine } from './run-engine.ts'

/** Has Prisma's engine apply what its history lacks, as `prisma migrate deploy` does. */
export async function applyWithEngine(task: EngineTask): Promise<readonly string[]> {
  const input = { migrationsList: migrationList(task), filters: noFilter }
  const { appliedMigrationNames } = await runEngine(task, engine => engine.applyMigrations(input))
  return appliedMigrationNames
}
