import { CompiledQuery, type Kysely } from 'kysely'
import sql, { join, raw, type Sql } from 'sql-template-tag'

export { join, raw, type Sql, sql }

/** Identifiers are few, the schema's own, and in every statement. */
const identifiers = new Map<string, Sql>()

/** A name, or names that qualify each other, quoted: `identifier('t0', 'createdAt')`. Never a client's word. */
export function identifier(...names: readonly string[]): Sql {
  const key = names.join('.')
  const known = identifiers.get(key)
  if (known) return known
  const quoted = raw(names.map(name => `"${name.replaceAll('"', '""')}"`).join('.'))
  identifiers.set(key, quoted)
  return quoted
}

/** Sends a statement on the connection that the request is on. */
export async function run<Row>(database: Kysely<unknown>, { text, values }: Sql): Promise<readonly Row[]> {
  return (await database.executeQuery<Row>(CompiledQuery.raw(text, values))).rows
}
