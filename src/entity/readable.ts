import type { Rights } from '@trellis/sdk'
import { sql as kyselySql, type RawBuilder } from 'kysely'
import { columnOf, type Entities, entityOf } from './definition.ts'
import { all, assertReadable, readableColumns, table } from './sql/names.ts'
import { rightConditions } from './sql/rights.ts'
import { type Sql, sql } from './sql/statement.ts'

/** One of our statements as a part of one of Kysely's. */
function forKysely({ strings, values }: Sql): RawBuilder<unknown> {
  const parts = Object.assign([...strings], { raw: strings })
  return kyselySql(parts, ...values)
}

/** What a viewer may read of each entity, for SQL that stands in a module or an extension: records, and fields that it needs. */
export const readableRecords =
  (entities: Entities, rights: Rights) =>
  (name: string, needed: readonly string[] = []): RawBuilder<unknown> => {
    const entity = entityOf(entities, name)
    const right = rights.read(name)
    for (const field of needed) assertReadable(entity, right, columnOf(entity, field))
    const conditions = all(rightConditions(right, entities))
    // Conditions of the statement around it reach the indexes: the database takes such a subquery apart.
    return forKysely(
      sql`(select ${readableColumns(entity, right)} from ${table(entity)} where ${conditions})`,
    )
  }
