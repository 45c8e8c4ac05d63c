import type { BulkUpsert, Entity, UpsertItem, UpsertResult } from './bulk-upsert.ts'
import type { Ids } from './ids.ts'
import { mapRows, type Origin, type Refusal } from './map-rows.ts'
import type { Progress } from './progress.ts'
import { sendBatch } from './send-batch.ts'

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

export interface Records<Row extends Origin> {
  readonly entity: Entity
  /** For people, such as `customers`. */
  readonly label: string
  /** One wave after the other, where rows refer to others of the same kind. */
  readonly waves: readonly (readonly Row[])[]
  /**
   * @param loaded the records of this kind that are there already
   * @throws RowRefused when the row cannot become a record
   */
  readonly itemOf: (row: Row, loaded: Ids) => UpsertItem
}

export type LoadRecords = <Row extends Origin>(records: Records<Row>) => Promise<Loaded>

/** Makes records of rows and sends them in batches, wave by wave. */
export const createLoader =
  ({ bulkUpsert, progress, batchSize }: LoaderOptions): LoadRecords =>
  async ({ entity, label, waves, itemOf }) => {
    const started = performance.now()
    const rows = waves.flat().length
    const bar = progress.start(label, rows)
    const ids = new Map<string, string>()
    const counts = { CREATED: 0, UPDATED: 0, UNCHANGED: 0, REFUSED: 0 }
    const refusals: Refusal[] = []
    for (const wave of waves) {
      const unsent = mapRows(wave, itemOf, ids)
      refusals.push(...unsent.refusals)
      counts.REFUSED += unsent.refusals.length
      bar.advance(unsent.refusals.length)
      for (const batch of batchesOf(unsent.mapped, batchSize)) {
        const sent = await sendBatch(bulkUpsert, entity, batch)
        for (const { externalId, id, status } of sent.written) {
          ids.set(externalId, id)
          counts[status] += 1
        }
        refusals.push(...sent.refusals)
        counts.REFUSED += sent.refused
        bar.advance(batch.length)
      }
    }
    const loaded = { label, rows, counts, refusals, ids, seconds: (performance.now() - started) / 1000 }
    bar.done(loaded)
    return loaded
  }

const batchesOf = <Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
