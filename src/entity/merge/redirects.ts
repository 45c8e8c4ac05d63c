import { prefixOf } from '../../lib/type-id.ts'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { type Sql, sql } from '../sql/statement.ts'

/** Sends a statement on the connection that the request is on. */
type Read = (statement: Sql) => Promise<readonly Row[]>

/**
 * Where ids of merged records lead, of those among these that are ids of such. Asked for what was not found only:
 * whoever is there costs nothing.
 */
export async function redirectsOf(
  read: Read,
  { mergeable, idPrefix }: EntityDefinition,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const possible = mergeable ? ids.filter(id => prefixOf(id) === idPrefix) : []
  if (possible.length === 0) return new Map()
  const rows = await read(sql`select id, "mergedIntoId" from "MergedRecord" where id = any(${possible})`)
  return new Map(rows.map(row => [String(row['id']), String(row['mergedIntoId'])]))
}

/** Finds records by their ids, and those that ids of merged ones lead to. */
export async function findThroughMerges<Found>(
  find: (ids: readonly string[]) => Promise<ReadonlyMap<string, Found>>,
  redirects: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Found>> {
  const found = await find(ids)
  const missing = ids.filter(id => !found.has(id))
  const led = missing.length > 0 ? await redirects(missing) : new Map<string, string>()
  if (led.size === 0) return found
  const records = new Map([...found, ...(await find([...new Set(led.values())]))])
  const through = [...led].flatMap(([id, to]) => {
    const record = records.get(to)
    return record === undefined ? [] : [[id, record] as const]
  })
  return new Map([...records, ...through])
}
