import { type ASTNode, Kind, type StringValueNode } from 'graphql'
import { finding } from '../finding.ts'
import { type Draft, membersOf } from '../draft.ts'
import type { ExtensionSubschema } from '../subschema.ts'
import type { Check } from './check.ts'

/** The SDL is the manual: whatever clients see is described. A warning, so that a draft can be tried. */
export const descriptions: Check = function* ({ extensions, types }) {
  for (const subschema of extensions)
    for (const [coordinate, node] of describable(subschema, types))
      if (node.description === undefined || node.description.value.trim() === '')
        yield finding({
          code: 'DESCRIPTION_MISSING',
          severity: 'warning',
          coordinate,
          spots: [{ subschema, node }],
          message: named => `${coordinate} of ${named} has no description.`,
          fix: 'Describe it in the SDL, in """triple quotes""" above it.',
        })
}

type Describable = ASTNode & { readonly description?: StringValueNode | undefined }

/** All that the extension adds; a copy of a shared type is its owner's to describe. */
function* describable(
  subschema: ExtensionSubschema,
  types: Draft['types'],
): Generator<readonly [coordinate: string, node: Describable]> {
  for (const [name, node] of subschema.types) {
    if (types.get(name)?.[0]?.subschema !== subschema) continue
    yield [name, node]
    yield* describableMembers(name, node)
  }
  for (const [name, nodes] of subschema.extends)
    for (const node of nodes) yield* describableMembers(name, node)
  for (const [name, node] of subschema.directives) yield [`@${name}`, node]
}

function* describableMembers(
  typeName: string,
  node: Parameters<typeof membersOf>[0],
): Generator<readonly [coordinate: string, node: Describable]> {
  for (const member of membersOf(node)) {
    const coordinate = `${typeName}.${member.name.value}`
    yield [coordinate, member]
    if (member.kind === Kind.FIELD_DEFINITION)
      for (const argument of member.arguments ?? [])
        yield [`${coordinate}(${argument.name.value}:)`, argument]
  }
}
