import { Kind } from 'graphql'
import { declaredFieldsOf, isBatchField } from '../batch-fields.ts'
import { type Finding, finding } from '../finding.ts'
import { rootTypes } from '../names.ts'
import { resolverOf } from '../resolver-map.ts'
import type { Check } from './check.ts'

/** Fields on foreign types stand in the SDL by `extend type` and in `fields` as batch fields, both or neither. */
export const foreignFields: Check = function* ({ extensions, members, types }) {
  for (const subschema of extensions) {
    const declared = new Map<string, unknown>()
    for (const [typeName, fieldName, value] of declaredFieldsOf(subschema)) {
      const coordinate = `${typeName}.${fieldName}`
      declared.set(coordinate, value)
      yield* wellDeclared(coordinate, typeName, value)
    }
    for (const [coordinate, claims] of members)
      for (const claim of claims) {
        if (claim.subschema !== subschema || claim.node.kind !== Kind.FIELD_DEFINITION) continue
        const { typeName, node } = claim
        const owner = types.get(typeName)?.[0]
        const isForeign = owner?.node.kind === Kind.OBJECT_TYPE_DEFINITION && owner.subschema !== subschema
        if (!isForeign || rootTypes.has(typeName) || declared.has(coordinate)) continue
        // One that is resolved has been told to move to `fields`.
        if (resolverOf(subschema, typeName, node.name.value) !== undefined) continue
        yield finding({
          code: 'FIELD_WITHOUT_BATCH',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `${named} adds ${coordinate}, but nothing answers it.`,
          fix: `Add \`fields: { ${typeName}: { ${node.name.value}: field({ requires, batch }) } }\`.`,
        })
      }

    function* wellDeclared(coordinate: string, typeName: string, value: unknown): Generator<Finding> {
      if (!members.get(coordinate)?.some(claim => claim.subschema === subschema))
        yield finding({
          code: 'BATCH_WITHOUT_FIELD',
          coordinate,
          spots: [{ subschema }],
          message: named => `${named} has a batch for ${coordinate}, which its SDL does not define.`,
          fix: `Add \`extend type ${typeName} { … }\` to its SDL, correct the name, or remove the batch.`,
        })
      if (!isBatchField(value))
        yield finding({
          code: 'RESOLVER_INVALID',
          coordinate,
          spots: [{ subschema }],
          message: named => `${coordinate} in \`fields\` of ${named} is not a batch field.`,
          fix: 'Write `field({ requires: [ … ], batch: … })`.',
        })
      else if (rootTypes.has(typeName))
        yield finding({
          code: 'RESOLVER_INVALID',
          coordinate,
          spots: [{ subschema }],
          message: named => `${named} has a batch for ${coordinate}, but root fields have no parents.`,
          fix: 'Move it to `resolvers`, as a function.',
        })
    }
  }
}
