import type { Rights } from '@trellis/sdk'
import { sql as kysely, type RawBuilder } from 'kysely'
import { type Entities, entityOf } from '../definition.ts'
import { all, table } from './names.ts'
import { rightConditions } from './rights.ts'
import { identifier, type Sql, sql } from './statement.ts'

/**
 * The rows of an entity that the viewer may read, in the place of its table: `from ${…} as opportunity`. The database
 * plans it as it would the table with the condition written out.
 */
export function readableRows(name: string, rights: Rights, entities: Entities): RawBuilder<unknown> {
  const entity = entityOf(entities, name)
  const conditions = rightConditions(rights.read(name), entities)
  return forKysely(
    conditions.length === 0
      ? identifier(name)
      : sql`(select * from ${table(entity)} where ${all(conditions)})`,
  )
}

/** The same statement as Kysely takes it. */
const forKysely = ({ strings, values }: Sql): RawBuilder<unknown> =>
  kysely.join(
    strings.flatMap((text, index) =>
      index < values.length ? [kysely.raw(text), kysely.val(values[index])] : [kysely.raw(text)],
    ),
    kysely.raw(''),
  )
