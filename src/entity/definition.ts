/** What a text has to look like. */
export type TextFormat = 'CURRENCY' | 'EMAIL' | 'WEBSITE'

/** What a stored value has to keep to, from `@rule`. */
export interface Rule {
  readonly min?: number
  readonly max?: number
  readonly maxLength?: number
  readonly format?: TextFormat
  readonly unique?: boolean
}

/** A stored field: a column of the entity's table, of the same name. */
export interface Column {
  readonly name: string
  /** The SDL's type name: a scalar's or an enum's. */
  readonly type: string
  readonly isEnum: boolean
  readonly nullable: boolean
  /** When the API's inputs may set it: always, when the record is created or imported, only when it is created, or never. */
  readonly writable: 'always' | 'import' | 'create' | 'never'
  /** SDL literal stored when the caller leaves it out. */
  readonly defaultLiteral: string | null
  /** A check fills it in, so that the input may leave it out. */
  readonly filled: boolean
  readonly rule: Rule
  /** The column that holds the currency of this amount. */
  readonly currency: string | null
  /** For a foreign key: the field that resolves it and the entity it points to. */
  readonly reference: { readonly field: string; readonly target: string } | null
  readonly description: string
}

/** A list of other records that point here. */
export interface Collection {
  readonly field: string
  readonly target: string
  /** The target's column that holds our id. */
  readonly key: string
  /** For a plain list rather than a connection: the field it is sorted by. */
  readonly listBy: string | null
  readonly description: string
}

/** What the generic part knows of an entity, read from its SDL block. */
export interface EntityDefinition {
  /** Type name and table name, such as `Customer`. */
  readonly name: string
  /** Field of the payloads and of `Query`, such as `customer`. */
  readonly singular: string
  /** Field of `Query` and of the loaders and services, such as `customers`. */
  readonly plural: string
  readonly idPrefix: string
  readonly search: readonly string[]
  readonly owned: boolean
  /** The column that points to the whole this is a part of. */
  readonly partOf: string | null
  readonly writable: boolean
  readonly columns: ReadonlyMap<string, Column>
  readonly collections: ReadonlyMap<string, Collection>
  readonly description: string
}

/** All entities by type name. */
export type Entities = ReadonlyMap<string, EntityDefinition>

/** @throws Error when there is no such entity: a mistake in code, not in input */
export function entityOf(entities: Entities, name: string): EntityDefinition {
  const entity = entities.get(name)
  if (!entity) throw new Error(`${name} is not an entity; there are ${[...entities.keys()].join(', ')}.`)
  return entity
}

/** @throws Error when the entity has no such column: a mistake in code, not in input */
export function columnOf(entity: EntityDefinition, name: string): Column {
  const column = entity.columns.get(name)
  if (!column)
    throw new Error(
      `${entity.name} stores no field ${name}; it has ${[...entity.columns.keys()].join(', ')}.`,
    )
  return column
}

/**
 * The column behind a field of the SDL: `owner` is stored as `ownerId`.
 *
 * @throws Error when there is none: a mistake in code, not in input
 */
export const columnBehind = (entity: EntityDefinition, field: string): Column =>
  entity.columns.get(field) ?? columnOf(entity, `${field}Id`)
