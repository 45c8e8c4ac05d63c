import type { DataContext, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import type { Promised } from '../sla/promise.ts'

/** What comments have to know of the case that they are about. */
export type HeldCase = Promised & Pick<Records['Case'], 'id' | 'number' | 'status' | 'slaStatus'>

/**
 * Cases as they are once nobody else writes them, held until the transaction ends: of two who comment at once, the
 * second finds that the first has responded. In the order of their ids, so that two bulks wait for each other.
 *
 * The right to comment is the right to change the case, and was looked at before.
 */
export async function holdCases(
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, HeldCase>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<HeldCase>`
    select id, number, status, "slaStatus", "createdAt", "slaPolicyId", "pausedSeconds", "responseDueAt", "resolveDueAt",
      "firstRespondedAt", "pendingSince", "resolvedAt", "closedAt"
    from "Case" where id = any(${[...new Set(ids)]}) order by id for no key update`.execute(
    context.database(),
  )
  return new Map(rows.map(row => [row.id, row]))
}
