import pg from 'pg'

/** One row of `_prisma_migrations`, the table that Prisma's tools keep too. */
export interface HistoryEntry {
  readonly name: string
  readonly checksum: string
  readonly finished: boolean
  /** What the engine wrote down when the script failed; `null` when it finished or was cut off. */
  readonly logs: string | null
}

/** PostgreSQL's code for a table, or the schema it should be in, that is not there. */
const undefinedTable = '42P01'

/** Everything started in this PostgreSQL schema and not marked as rolled back since; nothing before the first migration. */
export async function readHistory(
  client: pg.ClientBase,
  postgresSchema: string,
): Promise<readonly HistoryEntry[]> {
  try {
    const { rows } = await client.query<HistoryEntry>(
      `select migration_name as name, checksum, finished_at is not null as finished, logs
       from ${pg.escapeIdentifier(postgresSchema)}."_prisma_migrations"
       where rolled_back_at is null
       order by migration_name, started_at`,
    )
    return rows
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === undefinedTable) return []
    throw error
  }
}
