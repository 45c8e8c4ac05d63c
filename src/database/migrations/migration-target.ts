import type { ConnectionParts } from '../connection.ts'
import { MigrationError } from './migration-error.ts'

/** Which migrations belong to which part of which database. */
export interface MigrationTarget {
  readonly connection: ConnectionParts
  /** The folder of `<timestamp>_<name>/migration.sql`. */
  readonly directory: string
  /**
   * The PostgreSQL schema that the migrations build and that keeps their history.
   * @default 'public'
   */
  readonly postgresSchema?: string | undefined
}

/** A target whose tables are also described by Prisma schema files. */
export interface ModelledTarget extends MigrationTarget {
  /** The folder whose `*.prisma` files together are the Prisma schema. */
  readonly schemaDirectory: string
}

/** PostgreSQL cuts longer names off, silently. */
const longestName = 63

/**
 * The name as given, once it is known to need no quoting: it also travels in the connection's
 * `search_path` option, where a comma or a blank would quietly mean another schema.
 */
export function checkedPostgresSchema(name = 'public'): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && name.length <= longestName && !name.startsWith('pg_')) return name
  throw new MigrationError(
    'schema',
    `"${name}" cannot be the PostgreSQL schema of migrations: use small letters, digits and underscores, ` +
      `at most ${longestName}, not starting with a digit or "pg_", such as "ext_loyalty".`,
  )
}
