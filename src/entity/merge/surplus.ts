import { leaveWord, wordsOf } from '../../lib/outbox.ts'
import { entityOf } from '../definition.ts'
import { identifier, join, raw, run, type Sql, sql } from '../sql/statement.ts'
import type { Writing } from '../write/writing.ts'
import { joinedRows, writeJoined } from './joined.ts'
import type { Pointers } from './pointers.ts'

/** What no two living rows of a table have in common, as the database's indexes say. */
interface UniqueKey {
  readonly table: string
  readonly columns: readonly string[]
  /** Which rows the index is about: living ones, at least. */
  readonly condition: string
}

/** The unique keys of living rows that references are a part of, such as that a record has a tag once. */
async function uniqueKeys(
  { context }: Writing,
  pointers: readonly Pointers[],
): Promise<readonly UniqueKey[]> {
  const keys = await run<UniqueKey>(
    context.database(),
    sql`
    select stored.relname as "table", array_agg(key.attname::text order by place.position) as columns, pg_get_expr(indpred, indrelid) as condition
    from pg_index
    join pg_class as stored on stored.oid = indrelid and stored.relnamespace = current_schema()::regnamespace
    cross join lateral unnest(indkey) with ordinality as place(attribute, position)
    join pg_attribute as key on key.attrelid = indrelid and key.attnum = place.attribute
    where indisunique and indexprs is null and pg_get_expr(indpred, indrelid) like '%"deletedAt" IS NULL%'
      and stored.relname = any(${pointers.map(({ entity }) => entity.name)})
    group by indexrelid, indrelid, indpred, stored.relname order by stored.relname, indexrelid`,
  )
  return keys.filter(({ table, columns }) =>
    pointers.some(
      ({ entity, columns: pointing }) =>
        entity.name === table && pointing.some(({ name }) => columns.includes(name)),
    ),
  )
}

export interface SurplusOptions {
  readonly pointers: readonly Pointers[]
  /** The record that stays, then those that become part of it, in their order. */
  readonly ids: readonly string[]
}

/**
 * Deletes rows of which one would be enough once the records are one, such as the second of two that put them into
 * the same segment: the one of the record that stays is kept, or else the first. What the others alone say is taken
 * over, as the modules' joins have it.
 */
export async function deleteSurplus(writing: Writing, { pointers, ids }: SurplusOptions): Promise<void> {
  const { context, entities } = writing
  const [winner] = ids
  for (const { table, columns, condition } of await uniqueKeys(writing, pointers)) {
    const pointing = new Set(
      pointers.flatMap(({ entity, columns: own }) =>
        entity.name === table ? own.map(({ name }) => name) : [],
      ),
    )
    const moved = columns.filter(name => pointing.has(name))
    const isMoved = (name: string): Sql => sql`${identifier(name)} = any(${ids})`
    const key = columns.map(name =>
      pointing.has(name)
        ? sql`case when ${isMoved(name)} then ${winner} else ${identifier(name)} end`
        : identifier(name),
    )
    const order = moved.map(name => sql`array_position(${ids}::text[], ${identifier(name)})`)
    const alike = sql`
      with alike as (
        select id, row_number() over same as place, first_value(id) over same as "keptId"
        from ${identifier(table)}
        where ${raw(condition)} and (${join(moved.map(isMoved), ' or ')}) and num_nulls(${join(columns.map(name => identifier(name)))}) = 0
        window same as (partition by ${join(key)} order by ${join(order)}, "createdAt", id)
      )`
    const joined = await joinedRows(writing, entityOf(entities, table), alike)
    const deleted = await run<{ readonly id: string }>(
      context.database(),
      sql`${alike}
      update ${identifier(table)} as stored
      set "deletedAt" = ${context.now()}, "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, version = stored.version + 1
      from alike where stored.id = alike.id and alike.place > 1
      returning stored.id`,
    )
    await writeJoined(writing, entityOf(entities, table), joined)
    const type = `${entities.get(table)?.singular}.deleted`
    const surplus = deleted.map(({ id }) => id)
    await leaveWord(wordsOf(type, surplus, ['deletedAt']), context)
  }
}
