import {
  type DirectiveDefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql'
import { carriesPrefix, carriesRootPrefix, fieldPrefix, rootTypes, typePrefix } from './names.ts'
import type { CoreSubschema, ExtensionSubschema, Subschema } from './subschema.ts'

/** What a type is made of and one owner has: a field, an input field or an enum value. */
export type MemberNode = FieldDefinitionNode | InputValueDefinitionNode | EnumValueDefinitionNode

/** One definition of something, and who wrote it. */
export interface Claim<Node> {
  readonly subschema: Subschema
  readonly node: Node
}

export interface MemberClaim extends Claim<MemberNode> {
  readonly typeName: string
}

/**
 * Who defines what, before anything is merged. Of several claims the rightful owner's comes first; a type
 * defined twice is a shared type, a member claimed twice a conflict.
 */
export interface Draft {
  readonly core: CoreSubschema
  /** Dependencies first, then by name. */
  readonly extensions: readonly ExtensionSubschema[]
  readonly types: ReadonlyMap<string, readonly Claim<TypeDefinitionNode>[]>
  readonly directives: ReadonlyMap<string, readonly Claim<DirectiveDefinitionNode>[]>
  /** By coordinate. */
  readonly members: ReadonlyMap<string, readonly MemberClaim[]>
}

/** Collects all claims and ranks them. */
export function createDraft(core: CoreSubschema, extensions: readonly ExtensionSubschema[]): Draft {
  const subschemas: readonly Subschema[] = [core, ...extensions]
  const types = claimsBy(subschemas, subschema => subschema.types)
  for (const [name, claims] of types)
    claims.sort(rightfulFirst(claim => ownRank(claim, name, typePrefix, carriesPrefix)))
  const directives = claimsBy(subschemas, subschema => subschema.directives)
  for (const [name, claims] of directives)
    claims.sort(rightfulFirst(claim => ownRank(claim, name, fieldPrefix, carriesPrefix)))
  return { core, extensions, types, directives, members: claimMembers(subschemas, types) }
}

function claimsBy<Node>(
  subschemas: readonly Subschema[],
  nodesOf: (subschema: Subschema) => ReadonlyMap<string, Node>,
): Map<string, Claim<Node>[]> {
  const claims = new Map<string, Claim<Node>[]>()
  for (const subschema of subschemas)
    for (const [name, node] of nodesOf(subschema)) append(claims, name, { subschema, node })
  return claims
}

/** Members of the owner's definition and of everyone's `extend`; a copy of a shared type claims none. */
function claimMembers(
  subschemas: readonly Subschema[],
  types: ReadonlyMap<string, readonly Claim<TypeDefinitionNode>[]>,
): ReadonlyMap<string, readonly MemberClaim[]> {
  const members = new Map<string, MemberClaim[]>()
  const claim = (subschema: Subschema, node: TypeDefinitionNode | TypeExtensionNode): void => {
    const typeName = node.name.value
    const seen = new Set<string>()
    for (const member of membersOf(node)) {
      const { value } = member.name
      // Twice within one definition is not a matter of owners: the rules of GraphQL refuse it.
      if (!seen.has(value)) append(members, `${typeName}.${value}`, { subschema, typeName, node: member })
      seen.add(value)
    }
  }
  for (const [owner] of types.values()) if (owner !== undefined) claim(owner.subschema, owner.node)
  for (const subschema of subschemas)
    for (const nodes of subschema.extends.values()) for (const node of nodes) claim(subschema, node)
  for (const [coordinate, claims] of members)
    if (claims.length > 1) claims.sort(rightfulFirst(member => memberRank(member, coordinate, types)))
  return members
}

/** Sorting is stable: with equal ranks the order of extensions decides. */
const rightfulFirst =
  <Claimed>(rank: (claim: Claimed) => number) =>
  (left: Claimed, right: Claimed): number =>
    rank(left) - rank(right)

/** The core first, then whose name the thing carries (the longest), then in order. */
function ownRank(
  { subschema }: Claim<unknown>,
  name: string,
  prefixOf: (extension: string) => string,
  carries: (name: string, prefix: string) => boolean,
): number {
  if (subschema.kind === 'core') return Number.NEGATIVE_INFINITY
  const prefix = prefixOf(subschema.name)
  return carries(name, prefix) ? -prefix.length : 0
}

/** Who overrides, then the owner of the type, then whose name a root field carries, then in order. */
function memberRank(
  claim: MemberClaim,
  coordinate: string,
  types: ReadonlyMap<string, readonly Claim<TypeDefinitionNode>[]>,
): number {
  const { subschema, typeName, node } = claim
  if (overrides(subschema, coordinate)) return Number.NEGATIVE_INFINITY
  if (types.get(typeName)?.[0]?.subschema === subschema) return -Number.MAX_VALUE
  return rootTypes.has(typeName) ? ownRank(claim, node.name.value, fieldPrefix, carriesRootPrefix) : 0
}

/** Whether an extension says that it takes a member over. */
export const overrides = (subschema: Subschema, coordinate: string): boolean =>
  subschema.kind === 'extension' && (subschema.extension.overrides ?? []).includes(coordinate)

/** Fields, input fields or enum values; unions and scalars have none. */
export function membersOf(node: TypeDefinitionNode | TypeExtensionNode): readonly MemberNode[] {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION:
      return node.fields ?? []
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION:
      return node.values ?? []
    default:
      return []
  }
}

function append<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
