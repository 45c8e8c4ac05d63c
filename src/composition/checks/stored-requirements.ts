import { Kind } from 'graphql'
import { batchFieldsOf } from '../batch-fields.ts'
import { completeType } from '../complete-type.ts'
import { type Draft, membersOf } from '../draft.ts'
import { finding } from '../finding.ts'
import { namedTypeOf } from '../type-node.ts'
import type { Check } from './check.ts'

/**
 * What a batch field requires is stored with its parent. Fields of extensions are not, so that no batch
 * can wait for another and there are no circles to look for.
 */
export const storedRequirements: Check = function* (draft) {
  for (const subschema of draft.extensions)
    for (const { coordinate, typeName, field } of batchFieldsOf(subschema)) {
      // A type that is nowhere has been named by the rule that batch fields are in the SDL.
      if (!draft.types.has(typeName)) continue
      const stored = storedFieldsOf(typeName, draft)
      const unknown = field.requires.filter(name => !stored.has(name))
      if (unknown.length === 0) continue
      const claim = draft.members.get(coordinate)?.find(member => member.subschema === subschema)
      yield finding({
        code: 'REQUIRES_INVALID_FIELDS',
        coordinate,
        spots: [{ subschema, node: claim?.node }],
        message: named =>
          `${coordinate} of ${named} requires ${unknown.join(', ')}, not stored with ${typeName}.`,
        fix: `Require some of: ${[...stored].toSorted().join(', ')}.`,
      })
    }
}

/** As the core tells; else the plain values of the type's own definition, and the keys behind its relations. */
export function storedFieldsOf(typeName: string, { core, types }: Draft): ReadonlySet<string> {
  const known = core.storedFields.get(typeName)
  const owner = types.get(typeName)?.[0]
  if (known !== undefined || owner === undefined) return known ?? new Set()
  const isObject = (name: string): boolean => types.get(name)?.[0]?.node.kind === Kind.OBJECT_TYPE_DEFINITION
  return new Set(
    membersOf(completeType(owner)).flatMap(member => {
      if (member.kind !== Kind.FIELD_DEFINITION) return []
      const isRelation = isObject(namedTypeOf(member.type))
      return isRelation ? [`${member.name.value}Id`] : [member.name.value]
    }),
  )
}
