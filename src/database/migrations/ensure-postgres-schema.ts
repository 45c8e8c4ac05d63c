import pg from 'pg'

/**
 * Makes the PostgreSQL schema if it is missing. Looked up first: `create schema if not exists` wants
 * the right to create one even where it is there, and a careful administrator does not give that.
 */
export async function ensurePostgresSchema(client: pg.ClientBase, postgresSchema: string): Promise<void> {
  const name = pg.escapeIdentifier(postgresSchema)
  const { rows } = await client.query<{ missing: boolean }>('select to_regnamespace($1) is null as missing', [
    name,
  ])
  if (rows[0]?.missing) await client.query(`create schema ${name}`)
}
