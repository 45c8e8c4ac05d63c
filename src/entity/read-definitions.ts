import {
  type ConstDirectiveNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  type TypeNode,
  valueFromASTUntyped,
} from 'graphql'
import { commonColumns, ownershipColumns } from './common-columns.ts'
import {
  type Collection,
  type Column,
  type Entities,
  type EntityDefinition,
  type Rule,
  type TextFormat,
  targetInterface,
  textFormats,
  type UniqueSet,
} from './definition.ts'
import { lowerFirst } from './naming.ts'

const argumentsOf = (directive: ConstDirectiveNode): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    (directive.arguments ?? []).map(({ name, value }) => [name.value, valueFromASTUntyped(value)]),
  )

const directiveOf = (node: { directives?: readonly ConstDirectiveNode[] | undefined }, name: string) => {
  const directive = node.directives?.find(candidate => candidate.name.value === name)
  return directive ? argumentsOf(directive) : null
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const textsOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter(item => typeof item === 'string') : []

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && type.type.kind === Kind.LIST_TYPE)

const isTextFormat = (value: unknown): value is TextFormat => textFormats.some(format => format === value)

function ruleOf(field: FieldDefinitionNode): Rule {
  const { min, max, maxLength, format, unique } = directiveOf(field, 'rule') ?? {}
  return {
    ...(typeof min === 'number' && { min }),
    ...(typeof max === 'number' && { max }),
    ...(typeof maxLength === 'number' && { maxLength }),
    ...(isTextFormat(format) && { format }),
    ...(unique === true && { unique }),
  }
}

function writableOf(field: FieldDefinitionNode): Column['writable'] {
  if (directiveOf(field, 'readOnly')) return 'never'
  const createOnly = directiveOf(field, 'createOnly')
  if (!createOnly) return 'always'
  return createOnly['importable'] === true ? 'import' : 'create'
}

function columnFrom(field: FieldDefinitionNode, target: string | null, enums: ReadonlySet<string>): Column {
  const isAny = namedType(field.type) === targetInterface
  const isReference = target !== null || isAny
  const type = isReference ? 'ID' : namedType(field.type)
  const money = directiveOf(field, 'money')
  return {
    name: isReference ? `${field.name.value}Id` : field.name.value,
    type,
    isEnum: enums.has(type),
    nullable: field.type.kind !== Kind.NON_NULL_TYPE,
    writable: writableOf(field),
    defaultLiteral: textOf(directiveOf(field, 'default')?.['value']),
    filled: directiveOf(field, 'filled') !== null,
    rule: ruleOf(field),
    currency: money && (textOf(money['currency']) ?? 'currency'),
    reference: target ? { field: field.name.value, target } : null,
    anyReference: isAny ? { field: field.name.value } : null,
    description: field.description?.value ?? '',
  }
}

const uniqueSetsOf = ({ directives = [] }: ObjectTypeDefinitionNode): readonly UniqueSet[] =>
  directives
    .filter(({ name }) => name.value === 'uniqueTogether')
    .map(directive => {
      const { fields, deletedKeep } = argumentsOf(directive)
      return { fields: textsOf(fields), deletedKeep: deletedKeep === true }
    })

/** The fields that modules give to all targets, by `extend interface Target`. */
export const targetFields = (document: DocumentNode): readonly FieldDefinitionNode[] =>
  document.definitions.flatMap(node =>
    node.kind === Kind.INTERFACE_TYPE_EXTENSION && node.name.value === targetInterface
      ? (node.fields ?? [])
      : [],
  )

/**
 * Reads every type with `@entity`, and what other modules add to it by `extend type`, from the core's SDL.
 *
 * @throws Error naming the coordinate when a declaration contradicts itself
 */
export function readDefinitions(document: DocumentNode): Entities {
  const enums = new Set<string>()
  const types: ObjectTypeDefinitionNode[] = []
  const extensions: ObjectTypeExtensionNode[] = []
  for (const node of document.definitions) {
    if (node.kind === Kind.ENUM_TYPE_DEFINITION) enums.add(node.name.value)
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION && directiveOf(node, 'entity')) types.push(node)
    if (node.kind === Kind.OBJECT_TYPE_EXTENSION) extensions.push(node)
  }
  const ofTargets = targetFields(document)
  const names = new Set(types.map(type => type.name.value))

  const define = (type: ObjectTypeDefinitionNode): EntityDefinition => {
    const name = type.name.value
    const entity = directiveOf(type, 'entity') ?? {}
    const owned = entity['owned'] === true
    const columns = new Map<string, Column>(commonColumns.map(column => [column.name, column]))
    const collections = new Map<string, Collection>()
    const derivedFields = new Map<string, readonly string[]>()
    const isTarget = entity['target'] === true
    const added = extensions.filter(extension => extension.name.value === name)
    const declared = [...(type.fields ?? []), ...added.flatMap(({ fields }) => fields ?? [])]
    for (const field of [...declared, ...(isTarget ? ofTargets : [])]) {
      const target = names.has(namedType(field.type)) ? namedType(field.type) : null
      const collection = directiveOf(field, 'collection')
      const derived = directiveOf(field, 'derived')
      if (derived) {
        if (derived['requires']) derivedFields.set(field.name.value, textsOf(derived['requires']))
        continue
      }
      if (collection && target) {
        const through = textOf(collection['through'])
        collections.set(field.name.value, {
          field: field.name.value,
          target,
          link: {
            key: `${textOf(collection['by'])}Id`,
            through: through === null ? null : { entity: through, key: `${lowerFirst(target)}Id` },
          },
          listBy: textOf(collection['listBy']),
          description: field.description?.value ?? '',
        })
        continue
      }
      if (collection || isList(field.type))
        throw new Error(
          `${name}.${field.name.value} is a list: mark it @collection(by:) of an entity, or @derived.`,
        )
      const column = columnFrom(field, target, enums)
      columns.set(column.name, column)
    }
    if (owned) for (const column of ownershipColumns) columns.set(column.name, column)
    const partOf = textOf(entity['partOf'])
    return {
      name,
      singular: lowerFirst(name),
      plural: textOf(entity['plural']) ?? `${lowerFirst(name)}s`,
      idPrefix: textOf(entity['prefix']) ?? '',
      search: textsOf(entity['search']),
      owned,
      partOf: partOf && `${partOf}Id`,
      writable: entity['writable'] !== false,
      seenThrough: textOf(entity['seenThrough']),
      uniqueTogether: uniqueSetsOf(type).map(({ fields, deletedKeep }) => ({
        fields: fields.map(field => (columns.has(field) ? field : `${field}Id`)),
        deletedKeep,
      })),
      isTarget,
      mergeable: entity['mergeable'] === true,
      newestBy: textOf(entity['newestBy']) ?? 'createdAt',
      columns,
      collections,
      derived: derivedFields,
      description: type.description?.value ?? '',
    }
  }
  const entities = new Map(types.map(type => [type.name.value, define(type)]))
  assertConsistent(entities)
  return entities
}

function assertConsistent(entities: Entities): void {
  const prefixes = new Map<string, string>()
  for (const entity of entities.values()) {
    const sharing = prefixes.get(entity.idPrefix)
    if (!/^[a-z]{2,8}$/.test(entity.idPrefix) || sharing)
      throw new Error(
        `${entity.name} has the id prefix "${entity.idPrefix}"${sharing ? `, which ${sharing} has too` : ''}; give it 2 to 8 letters of its own.`,
      )
    prefixes.set(entity.idPrefix, entity.name)
    if (entity.mergeable && (entity.partOf || !entity.writable))
      throw new Error(
        `${entity.name} is mergeable, but ${entity.partOf ? 'a part of another' : 'not writable'}.`,
      )
    for (const { field, target, link } of entity.collections.values()) {
      const linking = link.through?.entity ?? target
      const pointer = entities.get(linking)?.columns.get(link.key)
      const pointsHere =
        pointer?.reference?.target === entity.name || (pointer?.anyReference && entity.isTarget)
      const leadsOn =
        !link.through || entities.get(linking)?.columns.get(link.through.key)?.reference?.target === target
      if (!pointsHere || !leadsOn)
        throw new Error(
          `${entity.name}.${field} lists ${target} by ${linking}.${link.key}, but there is no such reference.`,
        )
    }
    const named = [
      ...entity.search,
      entity.newestBy,
      ...entity.uniqueTogether.flatMap(({ fields }) => fields),
      ...[...entity.derived.values()].flat(),
    ]
    for (const name of [...named, ...(entity.partOf ? [entity.partOf] : [])])
      if (!entity.columns.has(name)) throw new Error(`${entity.name} names ${name}, which it does not store.`)
  }
}
