import type { Answer } from './gather.ts'
import type { ErrorTree } from './remote-errors.ts'
import type { Lookup } from './remote-schema.ts'
import { storedValue } from './stored-value.ts'
import { WrongRemoteAnswer } from './wrong-remote-answer.ts'

/** What a lookup answered for one key. */
export interface LookedUp {
  readonly record: unknown
  readonly errors: ErrorTree | null
}

/** One record per key, or why there is none. */
export type LookedUpAll = (key: number) => LookedUp

/**
 * Puts what a lookup answered to the keys. Records are found by their keys where the remote answers these, so that
 * neither their order nor further ones matter; else by their place.
 *
 * @param keys as texts, in the order in which they were sent
 * @throws WrongRemoteAnswer when it is not a list, or one that cannot be put to the keys
 */
export function lookedUp(
  { value, errors }: Answer,
  keys: readonly string[],
  lookup: Lookup,
  isKeyAnswered: boolean,
): LookedUpAll {
  if (!Array.isArray(value)) throw new WrongRemoteAnswer(`${lookup.field} answered no list`)
  const records: readonly unknown[] = value
  const at = (index: number): LookedUp => ({
    record: records[index],
    errors: errors?.below.get(index) ?? null,
  })
  const isWhole = records.length === keys.length
  if (!isKeyAnswered) {
    if (isWhole) return at
    throw new WrongRemoteAnswer(`${lookup.field} answered ${records.length} items to ${keys.length} keys`)
  }
  const places = new Map<string, number>()
  for (const [index, record] of records.entries()) {
    const text = record === null ? null : keyText(lookup, field => storedValue(record, field))
    if (text !== null && !places.has(text)) places.set(text, index)
  }
  return key => {
    const place = places.get(keys[key] ?? '')
    if (place !== undefined) return at(place)
    // Nothing of that key: a null in its place says so, a list that is short or of others does not.
    if (isWhole && records[key] === null) return at(key)
    throw new WrongRemoteAnswer(`${lookup.field} answered nothing for one of its keys`)
  }
}

/** Equal for equal keys; services write an ID that is a number either way. */
export function keyText({ key }: Lookup, valueOf: (field: string) => unknown): string | null {
  const values = key.map(valueOf)
  if (values.some(value => value === null || value === undefined || typeof value === 'object')) return null
  return values.length === 1 ? String(values[0]) : JSON.stringify(values.map(String))
}
