import type { Extension } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { extensionPostgresSchema } from '../database/migrations/index.ts'
import { type Reference, referencesOf } from './references.ts'

interface Found {
  readonly table: string
  readonly column: string
  readonly type: string
  /** A unique index that covers the column; `null` when there is none. */
  readonly unique: string | null
}

export interface CheckReferencesOptions {
  readonly name: string
  readonly extension: Extension
  readonly database: Kysely<unknown>
  /** The entities whose records may become one. */
  readonly mergeable: ReadonlySet<string>
}

/**
 * Holds what an extension declares as references against its tables, once the migrations are through: what is wrong with
 * one would otherwise fail whoever first merges records.
 *
 * @throws Error that names all that is wrong
 */
export async function checkReferences({
  name,
  extension,
  database,
  mergeable,
}: CheckReferencesOptions): Promise<void> {
  const references = referencesOf(extension)
  if (references.length === 0) return
  const schema = extensionPostgresSchema(name)
  const columns = await columnsIn(schema, database)
  const hooks: object = extension.merges ?? {}
  const problems = references.flatMap(({ table, column, entity }: Reference): readonly string[] => {
    const place = `references["${table}.${column}"]`
    const inTable = columns.filter(found => found.table === table)
    if (inTable.length === 0) return [`${place}: there is no table "${table}" in ${schema}.`]
    const found = inTable.find(other => other.column === column)
    if (!found)
      return [
        `${place}: "${table}" has no column "${column}"; it has ${inTable.map(other => other.column).join(', ')}.`,
      ]
    if (found.type !== 'text')
      return [`${place}: the column is of the type ${found.type}; ids of core records are text.`]
    const mayMerge = entity === 'Target' || mergeable.has(entity)
    if (found.unique !== null && mayMerge && !Object.hasOwn(hooks, entity))
      return [
        `${place}: the index "${found.unique}" allows a value once, so rows of records that become one may not all keep theirs. ` +
          `Add merges: { ${entity}: … } that joins them.`,
      ]
    return []
  })
  if (problems.length > 0) throw new Error(problems.join(' '))
}

/** The columns of all tables of an extension, each with a unique index that covers it, the primary key's included. */
async function columnsIn(schema: string, database: Kysely<unknown>): Promise<readonly Found[]> {
  const { rows } = await sql<Found>`
    select class.relname as "table", attribute.attname as "column", format_type(attribute.atttypid, null) as type,
      (select min(named.relname) from pg_index as covering join pg_class as named on named.oid = covering.indexrelid
        where covering.indrelid = class.oid and covering.indisunique and attribute.attnum = any(covering.indkey)) as "unique"
    from pg_class as class
    join pg_namespace as namespace on namespace.oid = class.relnamespace
    join pg_attribute as attribute on attribute.attrelid = class.oid
    where namespace.nspname = ${schema} and class.relkind in ('r', 'p') and attribute.attnum > 0 and not attribute.attisdropped
    order by attribute.attnum`.execute(database)
  return rows
}
