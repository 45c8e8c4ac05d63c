import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { type Comparison, rulesToFindBy } from './rules.ts'

/**
 * Locks of each entity, a power of two: few enough for a bulk to take them all, and enough for those who make unlike
 * records to hardly ever meet.
 */
const locks = 256

/**
 * Has those who make records that share an address, a number or a domain wait for each other, so that the second
 * finds what the first has made: one statement, before they are compared, or none where there is nothing to share. In
 * order, so that no two wait for each other.
 */
export async function oneAtATime(
  { database }: DataContext,
  { entity, columns, rules }: Comparison,
  records: readonly Readonly<Record<string, unknown>>[],
  minimumScore: number,
): Promise<void> {
  const keys = rulesToFindBy(rules, minimumScore)
    .flatMap(rule => rule.keys)
    .filter(({ column }) => records.some(values => values[column] != null))
  if (keys.length === 0) return
  const given = records.map(values =>
    Object.fromEntries(columns.map(column => [column, values[column] ?? null])),
  )
  const shape = sql.join(columns.map(column => sql`${sql.ref(column)} text`))
  await sql`
    select pg_advisory_xact_lock(hashtext(${`duplicates of ${entity}`}), place) from (
      select distinct hashtext(key) & ${sql.lit(locks - 1)} as place
      from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${shape})
      cross join lateral unnest(array[${sql.join(keys.map(({ text }) => text))}]) as keys(key)
      where key <> '' order by place
    ) as places`.execute(database())
}
