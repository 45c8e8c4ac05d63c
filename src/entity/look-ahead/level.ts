/** Where a record stands among those that were read with it for the same place of an operation. */
export interface LevelPlace {
  /** All of them: one object for each time that a record is in the response there. */
  readonly level: readonly object[]
  readonly index: number
}

const places = new WeakMap<object, LevelPlace>()

/** Puts a record at the end of a level. */
export function enterLevel(level: object[], record: object): void {
  places.set(record, { level, index: level.length })
  level.push(record)
}

/**
 * The records that stand where this one does: whoever answers for one of them can answer for all at once.
 *
 * @returns `null` for a record that was read by a loader, whose like may still come
 */
export const levelPlaceOf = (record: unknown): LevelPlace | null =>
  (typeof record === 'object' && record !== null && places.get(record)) || null
