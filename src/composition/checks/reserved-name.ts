import { type ASTNode, visit } from 'graphql'
import { finding } from '../finding.ts'
import type { Check } from './check.ts'

/** What every JavaScript object has: as names they would be found in maps where nobody put them. */
const inherited: ReadonlySet<string> = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)])

const isReserved = (name: string): boolean => name.startsWith('__') || inherited.has(name)

/** Names that belong to introspection or to JavaScript are nobody's to define. */
export const reservedName: Check = function* ({ extensions }) {
  for (const subschema of extensions)
    for (const node of definedNames(subschema.document))
      yield finding({
        code: 'RESERVED_NAME',
        coordinate: node.name,
        spots: [{ subschema, node: node.node }],
        message: named =>
          `${named} defines ${node.name}, a name that ${node.name.startsWith('__') ? 'GraphQL' : 'JavaScript'} reserves.`,
        fix: 'Choose another name.',
      })
}

interface Defined {
  readonly name: string
  readonly node: ASTNode
}

function definedNames(document: ASTNode): readonly Defined[] {
  const names: Defined[] = []
  const enter = (node: ASTNode & { readonly name: { readonly value: string } }): void => {
    if (isReserved(node.name.value)) names.push({ name: node.name.value, node })
  }
  visit(document, {
    ScalarTypeDefinition: enter,
    ObjectTypeDefinition: enter,
    InterfaceTypeDefinition: enter,
    UnionTypeDefinition: enter,
    EnumTypeDefinition: enter,
    InputObjectTypeDefinition: enter,
    DirectiveDefinition: enter,
    FieldDefinition: enter,
    InputValueDefinition: enter,
    EnumValueDefinition: enter,
  })
  return names
}
