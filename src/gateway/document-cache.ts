/** A bounded store of what was made from documents' texts; least recently used leave first. */
export interface DocumentCache<Value> {
  get(text: string): Value | undefined
  set(text: string, value: Value): void
}

export interface DocumentCacheOptions {
  /** Characters of all texts together. A parsed document takes some 30 bytes a character. @default 1000000 */
  readonly totalCharacters?: number
  /**
   * Documents at most: what is compiled and planned of one is kept with it, some 12 kB of a short one. @default 1000
   */
  readonly mostDocuments?: number
  /** Longer texts are not kept: generated, most likely, and not coming again. @default 50000 */
  readonly longestText?: number
}

/**
 * Yoga's own counts documents, and a thousand documents of a megabyte are a gigabyte before they are
 * parsed: a flood of white space would fill it.
 */
export function createDocumentCache<Value>({
  totalCharacters = 1_000_000,
  mostDocuments = 1000,
  longestText = 50_000,
}: DocumentCacheOptions = {}): DocumentCache<Value> {
  const values = new Map<string, Value>()
  let characters = 0
  const remove = (text: string) => {
    if (values.delete(text)) characters -= text.length
  }
  return {
    get(text) {
      const value = values.get(text)
      if (value === undefined) return undefined
      // A Map keeps the order of insertion, so the front is what was used longest ago.
      values.delete(text)
      values.set(text, value)
      return value
    },
    set(text, value) {
      if (text.length > longestText) return
      remove(text)
      values.set(text, value)
      characters += text.length
      for (const oldest of values.keys()) {
        if (characters <= totalCharacters && values.size <= mostDocuments) break
        remove(oldest)
      }
    },
  }
}
