import { TrellisError } from '@trellis/sdk'
import type { GatewayPlugin } from '../exchange.ts'

/** Values in each other; the same as in a document. */
const maxDepth = 100

const childrenOf = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []

/** What makes a value unfit for any argument, whatever its type. */
function faultOf(value: unknown): string | null {
  if (typeof value !== 'string') return null
  if (value.includes('\0')) return 'has the character NUL (\\u0000), which text cannot hold. Leave it out'
  if (!value.isWellFormed()) return 'has half of a surrogate pair, which is no character. Send whole ones'
  return null
}

/** Level by level rather than by descent: the values may nest deeper than the stack. */
export function findFault(value: unknown): string | null {
  let level: readonly unknown[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return `is nested more than ${maxDepth} deep`
    for (const item of level) {
      const fault = faultOf(item)
      if (fault !== null) return fault
    }
    level = level.flatMap(childrenOf)
  }
  return null
}

/** Refuses variables that no argument could take, before a scalar or the database trips over them. */
export const useSoundVariables = (): GatewayPlugin => ({
  onParams({ params }) {
    for (const [name, value] of Object.entries(params.variables ?? {})) {
      const fault = findFault(value)
      if (fault !== null) throw new TrellisError('BAD_INPUT', `The variable "$${name}" ${fault}.`)
    }
  },
})
