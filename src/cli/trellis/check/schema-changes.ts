import {
  findBreakingChanges,
  findDangerousChanges,
  type GraphQLSchema,
  isTypeDefinitionNode,
  isTypeExtensionNode,
} from 'graphql'
import type { Composition } from '../../../composition/index.ts'
import { parseExtension } from '../../../composition/parse-extension.ts'

/** A change that clients may notice, and whose it is. */
export interface SchemaChange {
  /** Such as `FIELD_REMOVED`: the names of graphql-js. */
  readonly code: string
  readonly message: string
  /** True where operations fail; false where they may come to something else. */
  readonly isBreaking: boolean
  /** Who answers for what changes; `null` when nobody who is installed does. */
  readonly owner: { readonly name: string; readonly kind: 'core' | 'extension' } | null
}

/** What clients of `before` would notice of what was composed. */
export function schemaChanges(before: GraphQLSchema, composition: Composition): readonly SchemaChange[] {
  const leftOut = claimsOfLeftOut(composition)
  const { schema, ownership } = composition
  const ownerOf = (message: string): SchemaChange['owner'] => {
    const coordinate = coordinateIn(message, [before, schema])
    const owner = ownership.get(coordinate)
    if (owner) return { name: owner.name, kind: owner.kind }
    const name = leftOut.get(coordinate)
    if (name !== undefined) return { name, kind: 'extension' }
    // What is gone from the core's own types may have been anybody's.
    return null
  }
  const change =
    (isBreaking: boolean) =>
    ({ type, description }: { readonly type: string; readonly description: string }): SchemaChange => ({
      code: type,
      message: description,
      isBreaking,
      owner: ownerOf(description),
    })
  return [
    ...findBreakingChanges(before, schema).map(change(true)),
    ...findDangerousChanges(before, schema).map(change(false)),
  ]
}

/** graphql-js says what changed in words only. The first of them that names a field, or else a type, of either schema is what it is about. */
function coordinateIn(message: string, schemas: readonly GraphQLSchema[]): string {
  const words = message.match(/@?\w+(?:\.\w+)?/g) ?? []
  const isKnown = (word: string): boolean => {
    const [type = ''] = word.split('.')
    return schemas.some(schema =>
      type.startsWith('@') ? schema.getDirective(type.slice(1)) : schema.getType(type),
    )
  }
  const known = words.filter(isKnown)
  return known.find(word => word.includes('.')) ?? known[0] ?? ''
}

/** Who would answer for what, of the extensions that are not in the schema: their SDL says. */
function claimsOfLeftOut({ extensions }: Composition): ReadonlyMap<string, string> {
  const claims = new Map<string, string>()
  for (const { owns, ...manifest } of extensions) {
    if (owns.length > 0) continue
    for (const node of parseExtension(manifest).subschema.document.definitions) {
      if (!isTypeDefinitionNode(node) && !isTypeExtensionNode(node)) continue
      if (isTypeDefinitionNode(node)) claims.set(node.name.value, manifest.name)
      const members = 'fields' in node ? (node.fields ?? []) : []
      for (const member of members) claims.set(`${node.name.value}.${member.name.value}`, manifest.name)
    }
  }
  return claims
}
