/** The records that were read together for the same place of an operation, each once however often it stands there. */
export interface Level {
  readonly records: readonly object[]
}

interface OpenLevel extends Level {
  readonly records: object[]
  readonly indexes: Map<unknown, number>
}

/** Where a record stands among them. */
export interface LevelPlace {
  readonly level: Level
  readonly index: number
}

/** Kept on the record itself, where no name of a column or of a response can be. */
const place = Symbol('the place in its level')

export const createLevel = (): OpenLevel => ({ records: [], indexes: new Map() })

/** Puts a record at the end of a level, or where its like stands already. */
export function enterLevel(level: OpenLevel, record: object, id: unknown): void {
  const known = level.indexes.get(id)
  const index = known ?? level.records.length
  if (known === undefined) {
    level.indexes.set(id, index)
    level.records.push(record)
  }
  Object.assign(record, { [place]: { level, index } })
}

/**
 * The records that stand where this one does: whoever answers for one of them can answer for all at once.
 *
 * @returns `null` for a record that was read by a loader, whose like may still come
 */
export const levelPlaceOf = (record: unknown): LevelPlace | null =>
  isPlaced(record) ? (record[place] ?? null) : null

const isPlaced = (record: unknown): record is { readonly [place]?: LevelPlace } =>
  typeof record === 'object' && record !== null
