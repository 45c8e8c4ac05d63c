import type { Kysely } from 'kysely'
import { columnOf, type EntityDefinition } from '../definition.ts'
import { databaseType } from '../sql/database-type.ts'
import { identifier, join, run, sql } from '../sql/statement.ts'
import type { Draft } from './draft.ts'
import type { Writing } from './writing.ts'

/**
 * Updates many records, each with values of its own: one statement for all that set the same fields.
 * Prisma has no such statement; it would send one for each record.
 */
export async function bulkUpdate({ entity, context }: Writing, drafts: readonly Draft[]): Promise<void> {
  const alike = Map.groupBy(drafts, ({ values }) => Object.keys(values).toSorted().join())
  for (const group of alike.values()) await updateAlike(entity, context.database(), group)
}

async function updateAlike(
  entity: EntityDefinition,
  database: Kysely<unknown>,
  drafts: readonly Draft[],
): Promise<void> {
  const columns = Object.keys(drafts[0]?.values ?? {}).map(name => columnOf(entity, name))
  const rows = JSON.stringify(drafts.map(({ id, values }) => ({ ...values, id })))
  const shape = [
    sql`id text`,
    ...columns.map(column => sql`${identifier(column.name)} ${databaseType(column)}`),
  ]
  const set = columns.map(({ name }) => sql`${identifier(name)} = ${identifier('given', name)}`)
  await run(
    database,
    sql`
    update ${identifier(entity.name)} as stored set ${join([...set, sql`version = stored.version + 1`])}
    from jsonb_to_recordset(${rows}::jsonb) as given(${join(shape)}) where stored.id = given.id`,
  )
}
