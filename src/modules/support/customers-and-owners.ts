import type { DataContext, Records } from '@trellis/sdk'
import { sql } from 'kysely'

/** Whose a record is. */
export type CustomerAndOwner = Pick<Records['Case'], 'customerId' | 'ownerId' | 'teamId'>

/**
 * Whose records are, by their ids. Whoever writes may not see them all: what belongs together does so for everybody.
 * No message tells more of it than the caller has said.
 */
export async function customersAndOwners(
  table: 'Case' | 'Order',
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, CustomerAndOwner>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<CustomerAndOwner & { id: string }>`
    select id, "customerId", "ownerId", "teamId" from ${sql.table(table)} where id = any(${[...new Set(ids)]})`.execute(
    context.database(),
  )
  return new Map(rows.map(({ id, ...whose }) => [id, whose]))
}
