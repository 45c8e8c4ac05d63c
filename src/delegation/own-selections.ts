import {
  type DirectiveNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { meaningOf } from '../entity/index.ts'
import type { RemoteSchema } from './remote-schema.ts'
import { keyAlias } from './stored-value.ts'

/**
 * What of a client's selections a remote answers, and what others need of it to answer the rest:
 *
 * - of a field that is not the remote's, the stored fields that it requires;
 * - of a record that is another's, its key, from which its owner's loader reads it;
 * - of a type that the remote has a copy of, fields under their own names, as the owner's resolvers read them.
 */
export interface OwnSelections {
  readonly of: (nodes: readonly FieldNode[], parent: GraphQLCompositeType) => readonly FieldNode[]
  readonly ofFragment: (fragment: FragmentDefinitionNode) => readonly FragmentDefinitionNode[]
}

export function createOwnSelections(remote: RemoteSchema, composed: GraphQLSchema): OwnSelections {
  const fieldsOf = (type: GraphQLCompositeType | undefined) =>
    isObjectType(type) || isInterfaceType(type) ? type.getFields() : {}

  const remoteFieldsOf = ({ name }: GraphQLCompositeType) => {
    const type = remote.schema.getType(name)
    return isCompositeType(type) ? fieldsOf(type) : {}
  }

  const isOwn = (type: GraphQLCompositeType): boolean => type.extensions['owner'] === remote.name

  const compositeNamed = (name: string): GraphQLCompositeType | undefined => {
    const type = composed.getType(name)
    return isCompositeType(type) ? type : undefined
  }

  function field(node: FieldNode, parent: GraphQLCompositeType): readonly SelectionNode[] {
    const name = node.name.value
    if (name === '__typename') return [typename]
    const definition = fieldsOf(parent)[name]
    const theirs = remoteFieldsOf(parent)
    if (!definition) return []
    const isCopied = !isOwn(parent) && !remote.lookups.has(parent.name)
    if (!Object.hasOwn(theirs, name) || (!isCopied && definition.extensions['owner'] !== remote.name)) {
      const meaning = meaningOf(definition)
      const columns = meaning?.kind === 'requires' ? meaning.columns : []
      return columns.filter(column => Object.hasOwn(theirs, column)).map(keyField)
    }
    const { alias, selectionSet, ...rest } = node
    const type = getNamedType(definition.type)
    const reference = remote.references.get(type.name)
    return [
      {
        ...rest,
        directives: conditionsOf(node.directives),
        ...(alias && !isCopied && { alias }),
        ...(selectionSet &&
          isCompositeType(type) && {
            selectionSet: reference === undefined ? set(selectionSet, type) : setOf([keyField(reference)]),
          }),
      },
    ]
  }

  function set(selectionSet: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode {
    const selections = selectionSet.selections.flatMap((node): readonly SelectionNode[] => {
      if (node.kind === Kind.FIELD) return field(node, parent).map(conditioned)
      const directives = conditionsOf(node.directives)
      if (node.kind === Kind.FRAGMENT_SPREAD) return [{ ...node, directives }]
      const type = node.typeCondition ? compositeNamed(node.typeCondition.name.value) : parent
      return type ? [{ ...node, directives, selectionSet: set(node.selectionSet, type) }] : []
    })
    // What is asked for is in this set only where nobody else answers it; and of what kind it is.
    return setOf(isAbstractType(parent) || selections.length === 0 ? [typename, ...selections] : selections)
  }

  return {
    of: (nodes, parent) =>
      nodes.flatMap(node => field(node, parent).filter(selected => selected.kind === Kind.FIELD)),
    ofFragment(fragment) {
      const type = compositeNamed(fragment.typeCondition.name.value)
      if (!type) return []
      return [{ ...fragment, directives: [], selectionSet: set(fragment.selectionSet, type) }]
    },
  }
}

const setOf = (selections: readonly SelectionNode[]): SelectionSetNode => ({
  kind: Kind.SELECTION_SET,
  selections,
})

const typename: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }

/** A field that the gateway asks for itself. */
export const keyField = (name: string): FieldNode => ({
  kind: Kind.FIELD,
  alias: { kind: Kind.NAME, value: keyAlias(name) },
  name: { kind: Kind.NAME, value: name },
})

/** The condition of a field around it: of two fields of one name delegation keeps the first, and with it its condition. */
const conditioned = (node: SelectionNode): SelectionNode =>
  node.kind === Kind.FIELD && node.directives && node.directives.length > 0
    ? {
        kind: Kind.INLINE_FRAGMENT,
        directives: node.directives,
        selectionSet: setOf([{ ...node, directives: [] }]),
      }
    : node

/** Every service knows these two; other directives are the gateway's. */
const conditionsOf = (directives: readonly DirectiveNode[] = []): readonly DirectiveNode[] =>
  directives.filter(({ name }) => name.value === 'skip' || name.value === 'include')
