/** The response key of a field that the gateway asks for itself: clients' aliases may take any other. */
export const keyAlias = (field: string): string => `_key_${field}`

/** A field of a parent: a column of a record, or what a remote was asked for besides what the client selected. */
export function storedValue(parent: unknown, field: string): unknown {
  if (typeof parent !== 'object' || parent === null) return undefined
  const alias = keyAlias(field)
  const value: unknown = Object.hasOwn(parent, alias)
    ? Reflect.get(parent, alias)
    : Reflect.get(parent, field)
  return value
}
