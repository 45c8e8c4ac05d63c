/** Ordinary Prisma migrations, applied and written by Prisma's own engine as WebAssembly: no download, no CLI. */
export { type ApplyMigrationsOptions, applyMigrations } from './apply-migrations.ts'
export type { FailedMigration, MigrationStatus } from './compare-history.ts'
export { isCurrent } from './compare-history.ts'
export type { Resolution } from './engine/resolve-with-engine.ts'
export { MigrationError, type MigrationProblem } from './migration-error.ts'
export type { MigrationLog } from './migration-log.ts'
export {
  coreSource,
  extensionPostgresSchema,
  extensionSource,
  findMigrationSource,
  listMigrationSources,
  type MigrationSource,
} from './migration-sources.ts'
export { migrationStatus } from './migration-status.ts'
export type { MigrationTarget, ModelledTarget } from './migration-target.ts'
export { type ResolveMigrationOptions, resolveMigration } from './resolve-migration.ts'
export { type WriteMigrationOptions, type WrittenMigration, writeMigration } from './write-migration.ts'
