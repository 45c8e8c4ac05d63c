import {
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type NamedTypeNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
} from 'graphql'
import { commonColumns, ownershipColumns } from '../common-columns.ts'
import type { Collection, Column, Entities, EntityDefinition } from '../definition.ts'
import { entityOf, targetInterface } from '../definition.ts'
import { targetFields } from '../read-definitions.ts'
import { listParameters } from './lists.ts'
import { block, parameters } from './sdl.ts'

const outputType = ({ type, nullable, reference }: Column): string =>
  reference ? reference.target : `${type}${nullable ? '' : '!'}`

/** The fields that every entity has, and the interfaces that say so. */
function commonPart(entity: EntityDefinition): ObjectTypeDefinitionNode {
  const columns = [...commonColumns, ...(entity.owned ? ownershipColumns : [])]
  const interfaces = [
    ...(entity.isTarget ? [targetInterface] : []),
    ...(entity.owned ? ['OwnedEntity'] : []),
    'Entity',
    'Node',
  ]
  const head = `type ${entity.name} implements ${interfaces.join(' & ')}`
  const items = columns.map(column => ({
    name: column.reference?.field ?? column.name,
    rest: `: ${outputType(column)}`,
    description: column.description,
  }))
  const references = {
    name: 'externalReferences',
    rest: ': [ExternalReference!]!',
    description: 'Its identities in other systems.',
  }
  const node = parse(block(head, entity.description, [...items, references])).definitions[0]
  if (node?.kind !== Kind.OBJECT_TYPE_DEFINITION) throw new Error(`${entity.name} did not expand to a type.`)
  return node
}

/** Records of a plain list, unless and at most. */
const listParameter = parameters([
  { name: 'first', rest: ': Int! = 100', description: 'How many, 1 to 100.' },
])

function collectionField(
  field: FieldDefinitionNode,
  { target, listBy }: Collection,
  entities: Entities,
): FieldDefinitionNode {
  const [given, type] =
    listBy === null
      ? [listParameters(entityOf(entities, target)), `${target}Connection!`]
      : [listParameter, `[${target}!]!`]
  const holder = parse(`type Holder { ${field.name.value}${given}: ${type} }`).definitions[0]
  const made = holder?.kind === Kind.OBJECT_TYPE_DEFINITION ? holder.fields?.[0] : undefined
  if (!made) throw new Error(`${field.name.value} did not expand to a list.`)
  return { ...field, type: made.type, ...(made.arguments && { arguments: made.arguments }), directives: [] }
}

/** A declared field as clients see it: collections get their arguments, references are nullable, our directives go. */
function publicField(
  field: FieldDefinitionNode,
  entity: EntityDefinition,
  entities: Entities,
): FieldDefinitionNode {
  const collection = entity.collections.get(field.name.value)
  if (collection) return collectionField(field, collection, entities)
  const column = entity.columns.get(`${field.name.value}Id`)
  // What the viewer may not see is `null`, so a reference is nullable even where the column is not.
  const points = column?.reference ?? column?.anyReference
  const target = points && field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type
  return {
    ...field,
    type: target,
    directives: (field.directives ?? []).filter(({ name }) => name.value === 'deprecated'),
  }
}

/** Replaces the entities' declarations, and extensions of them, by the types that clients see. */
export function expandEntityTypes(document: DocumentNode, entities: Entities): DocumentNode {
  const expandFields = (node: ObjectTypeDefinitionNode | ObjectTypeExtensionNode, entity: EntityDefinition) =>
    (node.fields ?? []).map(field => publicField(field, entity, entities))
  const ofTargets = targetFields(document)
  const anyTarget = [...entities.values()].find(({ isTarget }) => isTarget)
  return {
    ...document,
    definitions: document.definitions.map(node => {
      if (node.kind === Kind.INTERFACE_TYPE_EXTENSION && node.name.value === targetInterface && anyTarget)
        return { ...node, fields: (node.fields ?? []).map(field => publicField(field, anyTarget, entities)) }
      if (node.kind !== Kind.OBJECT_TYPE_DEFINITION && node.kind !== Kind.OBJECT_TYPE_EXTENSION) return node
      const entity = entities.get(node.name.value)
      if (!entity) return node
      if (node.kind === Kind.OBJECT_TYPE_EXTENSION) return { ...node, fields: expandFields(node, entity) }
      const common = commonPart(entity)
      const interfaces: readonly NamedTypeNode[] = [...(node.interfaces ?? []), ...(common.interfaces ?? [])]
      return {
        ...node,
        directives: [],
        interfaces,
        fields: [
          ...(common.fields ?? []),
          ...expandFields(node, entity),
          ...(entity.isTarget ? ofTargets.map(field => publicField(field, entity, entities)) : []),
        ],
      }
    }),
  }
}
