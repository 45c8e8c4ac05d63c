import type { BatchAnswer, BulkUpsert, Entity, UpsertItem, UpsertResult } from './bulk-upsert.ts'
import type { Ids } from './ids.ts'
import type { Progress } from './progress.ts'
import { RowRefused } from './row-refused.ts'

/** A row that did not become a record, and why. */
export interface Refusal {
  readonly label: string
  /** File and line. */
  readonly origin: string
  /** Whatever stands at that place, by its id in the files where it has one. */
  readonly externalId: string | null
  /** The API's code, or `ROW` where the row was not even sent. */
  readonly code: string
  readonly message: string
}

/** What became of all records of one kind. */
export interface Loaded {
  readonly label: string
  readonly rows: number
  readonly counts: Readonly<Record<UpsertResult['status'], number>>
  readonly refusals: readonly Refusal[]
  readonly ids: Ids
  readonly seconds: number
}

export interface LoaderOptions {
  readonly bulkUpsert: BulkUpsert
  readonly progress: Progress
  /** Records in a request. */
  readonly batchSize: number
}

export interface Origin {
  /** File and line. */
  readonly origin: string
}

export interface Records<Row extends Origin> {
  readonly entity: Entity
  /** For people, such as `customers`. */
  readonly label: string
  /** One wave after the other, where rows refer to others of the same kind. */
  readonly waves: readonly (readonly Row[])[]
  /** @throws RowRefused when the row cannot become a record */
  readonly itemOf: (row: Row, loaded: Ids) => UpsertItem
}

export type LoadRecords = <Row extends Origin>(records: Records<Row>) => Promise<Loaded>

interface Mapped extends Origin {
  readonly item: UpsertItem
}

/** Makes records of rows and sends them in batches, wave by wave. */
export const createLoader =
  ({ bulkUpsert, progress, batchSize }: LoaderOptions): LoadRecords =>
  async ({ entity, label, waves, itemOf }) => {
    const started = performance.now()
    const rows = waves.flat().length
    const ids = new Map<string, string>()
    const counts = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 }
    const refusals: Refusal[] = []
    const seen = new Map<string, string>()
    const bar = progress.start(label, rows)

    const refuse = (refused: readonly Refusal[]): void => {
      refusals.push(...refused)
      counts.REFUSED += 1
    }

    for (const wave of waves) {
      const mapped: Mapped[] = []
      for (const row of wave) {
        try {
          const item = itemOf(row, ids)
          const before = seen.get(item.externalId)
          if (before !== undefined) throw new RowRefused(`"${item.externalId}" is in ${before} already.`)
          seen.set(item.externalId, row.origin)
          mapped.push({ origin: row.origin, item })
        } catch (error) {
          if (!(error instanceof RowRefused)) throw error
          refuse([{ label, origin: row.origin, externalId: null, code: 'ROW', message: error.message }])
          bar.advance(1)
        }
      }
      for (let start = 0; start < mapped.length; start += batchSize) {
        const batch = mapped.slice(start, start + batchSize)
        const answer = await bulkUpsert(
          entity,
          batch.map(({ item }) => item),
        )
        for (const [index, { origin, item }] of batch.entries()) {
          const result = answer.results[index]
          if (result && result.id !== null && result.status !== 'REFUSED') {
            ids.set(item.externalId, result.id)
            counts[result.status] += 1
          } else {
            const reasons = reasonsFor(index, answer)
            refuse(reasons.map(reason => ({ ...reason, label, origin, externalId: item.externalId })))
          }
        }
        bar.advance(batch.length)
      }
    }
    const loaded = { label, rows, counts, refusals, ids, seconds: (performance.now() - started) / 1000 }
    bar.done(loaded)
    return loaded
  }

/** The errors of one item; those of the whole batch where it has none of its own. */
function reasonsFor(
  index: number,
  { userErrors }: BatchAnswer,
): readonly Pick<Refusal, 'code' | 'message'>[] {
  const own = userErrors.filter(({ path }) => path[1] === 'items' && path[2] === String(index))
  const reasons = own.length > 0 ? own : userErrors.filter(({ path }) => path[1] !== 'items')
  if (reasons.length === 0) return [{ code: 'UNKNOWN', message: 'The API refused it without saying why.' }]
  return reasons.map(({ code, message }) => ({ code, message }))
}
