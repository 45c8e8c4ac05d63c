import { Kind, type TypeDefinitionNode, type TypeExtensionNode } from 'graphql'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** What an `extend …` of each kind can extend. */
const kinds = {
  [Kind.SCALAR_TYPE_EXTENSION]: Kind.SCALAR_TYPE_DEFINITION,
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
  [Kind.UNION_TYPE_EXTENSION]: Kind.UNION_TYPE_DEFINITION,
  [Kind.ENUM_TYPE_EXTENSION]: Kind.ENUM_TYPE_DEFINITION,
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: Kind.INPUT_OBJECT_TYPE_DEFINITION,
} as const satisfies Record<TypeExtensionNode['kind'], TypeDefinitionNode['kind']>

/** `extend` names a type that exists, of its kind, and adds what its owner can live with. */
export const typeExtension: Check = function* ({ core, extensions, types }) {
  for (const subschema of [core, ...extensions])
    for (const [name, nodes] of subschema.extends)
      for (const node of nodes) {
        const owner = types.get(name)?.[0]
        const spot = { subschema, node }
        if (owner === undefined) {
          yield finding({
            code: 'EXTENSION_WITH_NO_BASE',
            coordinate: name,
            spots: [spot],
            message: named => `${named} extends ${name}, which nobody defines.`,
            fix: 'Correct the name, define the type, or install the extension that does.',
          })
          continue
        }
        if (kinds[node.kind] !== owner.node.kind) {
          yield finding({
            code: 'TYPE_KIND_MISMATCH',
            coordinate: name,
            spots: [spot, owner],
            message: (named, other) =>
              `${named} extends ${name} as ${node.kind}; it is ${owner.node.kind} of ${other}.`,
            fix: 'Write `extend` with the keyword that the type is defined with.',
          })
          continue
        }
        if (owner.subschema === subschema) continue
        if (node.kind === Kind.ENUM_TYPE_EXTENSION)
          yield finding({
            code: 'ENUM_VALUE_MISMATCH',
            coordinate: name,
            spots: [spot, owner],
            message: (named, other) =>
              `${named} adds values to ${name} of ${other}, whose code does not know them.`,
            fix: 'Add a field of its own with an enum of its own.',
          })
        if (node.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION)
          for (const field of node.fields ?? []) {
            if (field.type.kind !== Kind.NON_NULL_TYPE || field.defaultValue !== undefined) continue
            yield finding({
              code: 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
              coordinate: `${name}.${field.name.value}`,
              spots: [{ subschema, node: field }, owner],
              message: (named, other) =>
                `${named} adds a required field to ${name} of ${other}: whoever sends it today would be refused.`,
              fix: 'Make it optional, or give it a default.',
            })
          }
      }
}
