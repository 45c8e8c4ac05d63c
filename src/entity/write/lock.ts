import type { Row } from '../page.ts'
import { all, column, readableColumns, table } from '../sql/names.ts'
import { rightConditions } from '../sql/rights.ts'
import { identifier, raw, run, sql } from '../sql/statement.ts'
import type { Writing } from './writing.ts'

/**
 * Reads records and holds them until the transaction ends, so that what was checked is what is written.
 * In the order of their ids: two bulk writes of the same records wait for, rather than deadlock, each other.
 * Others may go on pointing to what is held by `no key`: their foreign keys are checked, and their references held.
 *
 * @param strength `update` for records that are deleted or removed, `key share` for those that are to stay because others point to them
 */
export async function lockRecords(
  { entity, entities, context }: Writing,
  ids: readonly string[],
  strength: 'update' | 'no key update' | 'key share' = 'no key update',
): Promise<ReadonlyMap<string, Row>> {
  if (ids.length === 0) return new Map()
  const right = context.rights.read(entity.name)
  const conditions = [sql`${column('id')} = any(${ids})`, ...rightConditions(right, entities)]
  const rows = await run<Row>(
    context.database(),
    sql`select ${readableColumns(entity, right)} from ${table(entity)} where ${all(conditions)} order by ${column('id')} for ${raw(strength)} of ${identifier('t0')}`,
  )
  return new Map(rows.map(row => [String(row['id']), row]))
}
