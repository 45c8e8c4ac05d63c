import type { MigrationList, SchemaFilter } from '@prisma/schema-engine-wasm'
import { lockFile } from '../lock-file.ts'
import type { EngineTask } from './run-engine.ts'

/** Nothing in our databases is managed by somebody else. */
export const noFilter: SchemaFilter = { externalTables: [], externalEnums: [] }

/** The migrations in the words of the engine. */
export function migrationList({ directory, migrations }: EngineTask): MigrationList {
  return {
    baseDir: directory,
    lockfile: lockFile,
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  }
}
