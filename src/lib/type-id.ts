import { typeidUnboxed } from 'typeid-js'

/** A new TypeID: the prefix and a UUIDv7, such as `cus_01h2xcejqtf2nbrexx3vqjhp41`. */
export const newId = (prefix: string): string => typeidUnboxed(prefix)

/** The prefix of a well-formed TypeID, or `null` for any other text. */
export function prefixOf(id: string): string | null {
  const prefix = /^([a-z]{2,8})_[0-7][0-9a-hjkmnp-tv-z]{25}$/.exec(id)?.[1]
  return prefix ?? null
}
