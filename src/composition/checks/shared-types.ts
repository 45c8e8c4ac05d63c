import { Kind, type TypeDefinitionNode } from 'graphql'
import type { Difference } from '../compare/difference.ts'
import { compareDirectives } from '../compare/directives.ts'
import { compareField } from '../compare/fields.ts'
import { compareTypes } from '../compare/types.ts'
import { completeType } from '../complete-type.ts'
import { type Claim, overrides } from '../draft.ts'
import { type Finding, finding } from '../finding.ts'
import { rootTypes } from '../names.ts'
import type { Check } from './check.ts'

/** A type or directive may be defined more than once as long as all definitions say the same. */
export const sharedTypes: Check = function* ({ types, directives, members }) {
  for (const [owner, ...copies] of types.values())
    for (const copy of copies)
      if (owner === undefined || isScalarOfCore(owner)) continue
      else if (rootTypes.has(owner.node.name.value)) yield rootRedefined(owner, copy)
      else
        for (const difference of compareTypes(completeType(owner), completeType(copy)))
          yield differs(difference, owner, copy)

  for (const [owner, ...copies] of directives.values())
    for (const copy of copies)
      if (owner !== undefined && owner.subschema.kind !== 'core')
        for (const difference of compareDirectives(owner.node, copy.node))
          yield differs(difference, owner, copy)

  // Whoever takes a field over answers it as its owner does: clients do not see whose it is.
  for (const [coordinate, [taker, ...owners]] of members)
    for (const owner of owners) {
      if (
        taker === undefined ||
        !overrides(taker.subschema, coordinate) ||
        overrides(owner.subschema, coordinate)
      )
        continue
      if (taker.node.kind !== Kind.FIELD_DEFINITION || owner.node.kind !== Kind.FIELD_DEFINITION) continue
      for (const difference of compareField(coordinate, owner.node, taker.node))
        yield differs(difference, owner, taker)
    }
}

/** Never defined again, not even alike: `builtinRedefinition` has said so. */
const isScalarOfCore = ({ subschema, node }: Claim<{ readonly kind: Kind }>): boolean =>
  subschema.kind === 'core' && node.kind === Kind.SCALAR_TYPE_DEFINITION

/** Every field of the others would be missing from the copy; one problem says it. */
const rootRedefined = (owner: Claim<TypeDefinitionNode>, copy: Claim<TypeDefinitionNode>): Finding =>
  finding({
    code: 'SHARED_FIELD_MISSING',
    coordinate: owner.node.name.value,
    spots: [copy, owner],
    message: (named, first) => `${named} defines ${owner.node.name.value} again, which ${first} defines.`,
    fix: `Write \`extend type ${owner.node.name.value} { … }\`.`,
  })

const differs = (
  { code, coordinate, original, copy, says }: Difference,
  { subschema: owner }: Claim<unknown>,
  { subschema: other }: Claim<unknown>,
): Finding =>
  finding({
    code,
    coordinate,
    spots: [
      { subschema: other, node: copy },
      { subschema: owner, node: original },
    ],
    message: (named, first) => `${named} defines ${coordinate} otherwise than ${first}: ${says}.`,
    fix: 'Copy the definition as it is, or remove it and depend on its owner; add fields with `extend`.',
  })
