import { inspect } from 'node:util'

/** Equal for equal arguments, whatever the order they were written in. */
export function argumentsKey(args: Readonly<Record<string, unknown>>): string {
  for (const _ in args) return JSON.stringify(args, comparable)
  return ''
}

/** Keys in order, and a text for values of scalars that JSON has none for; toJSON has been called by then. */
function comparable(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint' || typeof value === 'symbol') return `${typeof value} ${value.toString()}`
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype === null || prototype === Object.prototype)
    return Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
  return inspect(value, { depth: null, maxArrayLength: null, maxStringLength: null })
}
