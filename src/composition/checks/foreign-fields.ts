import { Kind } from 'graphql'
import { declaredFieldOf, declaredFieldsOf, isBatchField } from '../batch-fields.ts'
import type { Draft } from '../draft.ts'
import { type Finding, finding } from '../finding.ts'
import { rootTypes } from '../names.ts'
import { resolverOf } from '../resolver-map.ts'
import type { Check } from './check.ts'

/** Fields on foreign types stand in the SDL by `extend type` and in `fields` as batch fields, both or neither. */
export const foreignFields: Check = function* (draft) {
  yield* declaredWell(draft)
  yield* answered(draft)
}

function* declaredWell({ extensions, members }: Draft): Generator<Finding> {
  for (const subschema of extensions)
    for (const [typeName, fieldName, value] of declaredFieldsOf(subschema)) {
      const coordinate = `${typeName}.${fieldName}`
      const about = { coordinate, spots: [{ subschema }] }
      if (!members.get(coordinate)?.some(claim => claim.subschema === subschema))
        yield finding({
          ...about,
          code: 'BATCH_WITHOUT_FIELD',
          message: named => `${named} has a batch for ${coordinate}, which its SDL does not define.`,
          fix: `Add \`extend type ${typeName} { … }\` to its SDL, correct the name, or remove the batch.`,
        })
      if (!isBatchField(value))
        yield finding({
          ...about,
          code: 'RESOLVER_INVALID',
          message: named => `${coordinate} in \`fields\` of ${named} is not a batch field.`,
          fix: 'Write `field({ requires: [ … ], batch: … })`.',
        })
      else if (rootTypes.has(typeName))
        yield finding({
          ...about,
          code: 'RESOLVER_INVALID',
          message: named => `${named} has a batch for ${coordinate}, but root fields have no parents.`,
          fix: 'Move it to `resolvers`, as a function.',
        })
    }
}

function* answered({ members, types }: Draft): Generator<Finding> {
  // Whoever lost a field to its owner has been told so.
  for (const [coordinate, [claim]] of members) {
    if (claim === undefined) continue
    const { subschema, typeName, node } = claim
    if (subschema.kind === 'core' || subschema.extension.remote) continue
    if (node.kind !== Kind.FIELD_DEFINITION || rootTypes.has(typeName)) continue
    const owner = types.get(typeName)?.[0]
    if (owner?.node.kind !== Kind.OBJECT_TYPE_DEFINITION || owner.subschema === subschema) continue
    const fieldName = node.name.value
    if (declaredFieldOf(subschema, typeName, fieldName) !== undefined) continue
    // One that is resolved has been told to move to `fields`.
    if (resolverOf(subschema, typeName, fieldName) !== undefined) continue
    yield finding({
      code: 'FIELD_WITHOUT_BATCH',
      coordinate,
      spots: [{ subschema, node }],
      message: named => `${named} adds ${coordinate}, but nothing answers it.`,
      fix: `Add \`fields: { ${typeName}: { ${fieldName}: field({ requires, batch }) } }\`.`,
    })
  }
}
