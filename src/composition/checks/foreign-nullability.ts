import { Kind } from 'graphql'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/**
 * A field on a foreign type is nullable, on root types too: the null of one that fails would climb to
 * the next nullable place, and take the core's record, or all data, with it.
 */
export const foreignNullability: Check = function* ({ members, types }) {
  for (const [coordinate, claims] of members)
    for (const { subschema, typeName, node } of claims) {
      const owner = types.get(typeName)?.[0]
      if (subschema.kind === 'core' || owner === undefined || owner.subschema === subschema) continue
      if (node.kind !== Kind.FIELD_DEFINITION || node.type.kind !== Kind.NON_NULL_TYPE) continue
      yield finding({
        code: 'NON_NULL_ON_FOREIGN_TYPE',
        coordinate,
        spots: [
          { subschema, node },
          { ...owner, coordinate: typeName },
        ],
        message: (named, other) =>
          `${coordinate} of ${named} is non-null on a type of ${other}: when it fails, the whole ${typeName} would be null.`,
        fix: 'Make it nullable: take the outer `!` away.',
      })
    }
}
