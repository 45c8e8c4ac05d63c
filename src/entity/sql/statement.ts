import { CompiledQuery, type Kysely } from 'kysely'
import sql, { join, raw, type Sql } from 'sql-template-tag'

export { join, raw, type Sql, sql }

/** Identifiers are few, the schema's own, and in every statement: by table's alias, then by column. */
const known = new Map<string, Map<string, Sql>>()

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** A name, or one and what qualifies it, quoted: `identifier('t0', 'createdAt')`. Never a client's word. */
export function identifier(first: string, second = ''): Sql {
  let group = known.get(first)
  if (!group) {
    group = new Map()
    known.set(first, group)
  }
  let made = group.get(second)
  if (!made) {
    made = raw(second === '' ? quoted(first) : `${quoted(first)}.${quoted(second)}`)
    group.set(second, made)
  }
  return made
}

/** Sends a statement on the connection that the request is on. */
export async function run<Row>(database: Kysely<unknown>, { text, values }: Sql): Promise<readonly Row[]> {
  return (await database.executeQuery<Row>(CompiledQuery.raw(text, values))).rows
}
