import { identifier, run, sql } from '../sql/statement.ts'
import type { Writing } from '../write/writing.ts'

/**
 * Takes merged records out of their table and keeps them as JSON, with the id that theirs leads to. What led to one
 * of them leads to the record that stays, so that no id is ever followed twice.
 *
 * @param ids the record that stays, then the others
 */
export async function removeMerged(
  { entity, context }: Writing,
  [winner, ...merged]: readonly string[],
): Promise<void> {
  const database = context.database()
  await run(
    database,
    sql`
    with removed as (delete from ${identifier(entity.name)} where id = any(${merged}) returning *)
    insert into "MergedRecord" (id, "entityType", "mergedIntoId", snapshot, "mergedAt", "mergedById")
    select id, ${entity.name}, ${winner}, to_jsonb(removed), ${context.now()}::timestamptz, ${context.viewer.id} from removed`,
  )
  await run(
    database,
    sql`update "MergedRecord" set "mergedIntoId" = ${winner} where "mergedIntoId" = any(${merged})`,
  )
}
