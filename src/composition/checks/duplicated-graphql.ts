import { isType } from 'graphql'
import { finding } from '../finding.ts'
import { mapOf } from '../resolver-map.ts'
import type { Check } from './check.ts'

/**
 * Types made by a second copy of graphql fail where nobody expects it, since classes of two copies do
 * not know each other. Both copies write the same name on their objects, which gives them away.
 */
export const duplicatedGraphql: Check = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const [typeName, value] of Object.entries(mapOf(subschema)))
      if (isMadeElsewhere(value))
        yield finding({
          code: 'GRAPHQL_DUPLICATED',
          coordinate: typeName,
          spots: [{ subschema }],
          message: named =>
            `The resolver of ${typeName} of ${named} was made by another copy of the package graphql.`,
          fix: 'Declare graphql as a peer dependency and install one copy: `npm ls graphql` shows them.',
        })
}

/** @throws nothing: `isType` may throw its own complaint about a second copy, which is an answer too. */
function isMadeElsewhere(value: unknown): boolean {
  if (!/^\[object GraphQL\w+\]$/.test(Object.prototype.toString.call(value))) return false
  try {
    return !isType(value)
  } catch {
    return true
  }
}
