import type { BatchAnswer, BulkUpsert, Entity, UpsertResult } from './bulk-upsert.ts'
import type { Mapped, Refusal } from './map-rows.ts'

/** A row that is a record now. */
export interface Written {
  readonly externalId: string
  readonly id: string
  readonly status: Exclude<UpsertResult['status'], 'REFUSED'>
}

export interface Sent {
  readonly written: readonly Written[]
  readonly refusals: readonly Refusal[]
  /** How many rows were refused; a row may be refused for several reasons. */
  readonly refused: number
}

/** Sends a batch and finds out what became of each of its rows. */
export async function sendBatch(
  bulkUpsert: BulkUpsert,
  entity: Entity,
  batch: readonly Mapped[],
): Promise<Sent> {
  const answer = await bulkUpsert(
    entity,
    batch.map(({ item }) => item),
  )
  const outcomes = batch.map((row, index) => ({ row, index, written: writtenOf(answer.results[index]) }))
  const refused = outcomes.filter(({ written }) => written === null)
  return {
    written: outcomes.flatMap(({ written }) => written ?? []),
    refusals: refused.flatMap(({ row: { origin }, index }) =>
      reasonsFor(index, answer).map(reason => ({ origin, ...reason })),
    ),
    refused: refused.length,
  }
}

/** `null` when the row was refused, or is not even in the answer. */
function writtenOf(result: UpsertResult | undefined): Written | null {
  if (!result || result.id === null || result.status === 'REFUSED') return null
  const { externalId, id, status } = result
  return { externalId, id, status }
}

type Reason = Pick<Refusal, 'code' | 'message'>

/** The errors of one item; those of the whole batch where it has none of its own. */
function reasonsFor(index: number, { userErrors }: BatchAnswer): readonly Reason[] {
  const own = userErrors.filter(({ path }) => path[1] === 'items' && path[2] === String(index))
  const reasons = own.length > 0 ? own : userErrors.filter(({ path }) => path[1] !== 'items')
  if (reasons.length === 0) return [{ code: 'UNKNOWN', message: 'The API refused it without saying why.' }]
  return reasons.map(({ code, message }) => ({ code, message }))
}
