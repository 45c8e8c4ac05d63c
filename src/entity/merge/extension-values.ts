import { run, sql } from '../sql/statement.ts'
import type { Writing } from '../write/writing.ts'

/**
 * Moves what extensions have stored about merged records to the one that stays: one statement. Under each key it
 * keeps its own value, or gets the newest of the others.
 *
 * @param ids the record that stays, then the others
 */
export async function moveExtensionValues(
  { entity, context }: Writing,
  ids: readonly string[],
): Promise<void> {
  const [winner] = ids
  await run(
    context.database(),
    sql`
    with ranked as (
      select extension, "entityId", key, row_number() over (
        partition by extension, key order by "entityId" = ${winner} desc, "updatedAt" desc, "entityId") as place
      from "ExtensionValue" where "entityId" = any(${ids}) and "entityType" = ${entity.name}
    ), surplus as (
      delete from "ExtensionValue" as stored using ranked
      where ranked.place > 1 and stored."entityType" = ${entity.name}
        and stored.extension = ranked.extension and stored."entityId" = ranked."entityId" and stored.key = ranked.key
    )
    update "ExtensionValue" as stored set "entityId" = ${winner} from ranked
    where ranked.place = 1 and ranked."entityId" <> ${winner} and stored."entityType" = ${entity.name}
      and stored.extension = ranked.extension and stored."entityId" = ranked."entityId" and stored.key = ranked.key`,
  )
}
