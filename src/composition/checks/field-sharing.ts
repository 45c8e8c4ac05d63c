import { overrides } from '../draft.ts'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** A field, input field or enum value has one owner. Whoever takes one over says so in `overrides`. */
export const fieldSharing: Check = function* ({ members }) {
  for (const [coordinate, [owner, ...others]] of members) {
    if (owner === undefined) continue
    for (const other of others) {
      // Twice by one owner is for the rules of GraphQL to refuse; one that was taken over gives way.
      if (other.subschema === owner.subschema) continue
      if (overrides(owner.subschema, coordinate) && !overrides(other.subschema, coordinate)) continue
      yield finding({
        code: 'INVALID_FIELD_SHARING',
        coordinate,
        spots: [other, owner],
        message: (named, first) => `${named} defines ${coordinate}, which ${first} owns.`,
        fix: `Rename it, or take it over with \`overrides: ['${coordinate}']\`.`,
      })
    }
  }
}
