/** Which bytes of a whole, both ends included, counted from 0. */
export interface ByteRange {
  readonly first: number
  readonly last: number
}

/** Bytes that came in whole and survive a crash, but are nobody's yet: they go at the end of the block unless kept. */
export interface StagedBytes extends AsyncDisposable {
  /** Puts them under their key, in place of what was there; all of them or, in a crash, none. */
  keep(): Promise<void>
}

/**
 * Bytes by key, for what is too large for the database. A key is made by the code that stores, never by a
 * client: small letters, digits, `_` and `-`, 200 at most. Nothing in it takes part in a transaction, so
 * keep bytes last in the one that says where they are.
 */
export interface Storage {
  /**
   * Takes bytes in as they come, never more of them in memory than a chunk.
   *
   * @throws what reading the bytes throws; nothing is left then
   */
  stage(key: string, bytes: AsyncIterable<Uint8Array>): Promise<StagedBytes>
  /** The bytes, read as they are asked for. Reading throws when there are none under the key. */
  get(key: string, range?: ByteRange): AsyncIterable<Uint8Array>
  /** `null` when there is nothing under the key. */
  stat(key: string): Promise<{ readonly size: number } | null>
  /** Also where there is nothing under the key. */
  delete(key: string): Promise<void>
}
