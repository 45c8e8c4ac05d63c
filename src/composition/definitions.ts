import { type ASTNode, Kind, type NameNode, type StringValueNode } from 'graphql'
import { type MemberNode, membersOf } from './draft.ts'
import type { Subschema } from './subschema.ts'

/** Something with a name that a subschema writes into the schema. */
export interface Definition {
  /** `Customer`, `Customer.score`, `Customer.score(of:)`, `@loyaltyOnly`. */
  readonly coordinate: string
  readonly node: ASTNode & { readonly name: NameNode; readonly description?: StringValueNode | undefined }
}

/** All that a subschema defines: types, what it adds to those of others, directives, and the arguments of all. */
export function* definitionsOf(subschema: Subschema): Generator<Definition> {
  for (const [name, node] of subschema.types) {
    yield { coordinate: name, node }
    yield* membersIn(name, membersOf(node))
  }
  for (const [name, nodes] of subschema.extends)
    for (const node of nodes) yield* membersIn(name, membersOf(node))
  for (const [name, node] of subschema.directives) {
    yield { coordinate: `@${name}`, node }
    for (const argument of node.arguments ?? [])
      yield { coordinate: `@${name}(${argument.name.value}:)`, node: argument }
  }
}

function* membersIn(typeName: string, members: readonly MemberNode[]): Generator<Definition> {
  for (const node of members) {
    const coordinate = `${typeName}.${node.name.value}`
    yield { coordinate, node }
    if (node.kind !== Kind.FIELD_DEFINITION) continue
    for (const argument of node.arguments ?? [])
      yield { coordinate: `${coordinate}(${argument.name.value}:)`, node: argument }
  }
}
