import type { Link } from '@trellis/sdk'
import { prefixOf } from '../lib/type-id.ts'

/** What a text has to look like. */
export const textFormats = ['COLOR', 'CURRENCY', 'EMAIL', 'TIME_OF_DAY', 'TIME_ZONE', 'WEBSITE'] as const
export type TextFormat = (typeof textFormats)[number]

/** The interface of entities that others may hang on; a reference to it may be to any of them. */
export const targetInterface = 'Target'

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
  /** For the id of a record of any entity that is a target: the field that resolves it. */
  readonly anyReference: { readonly field: string } | null
  readonly description: string
}

/** A list of other records that point here. */
export interface Collection {
  readonly field: string
  readonly target: string
  /** How the target's records are tied to ours. */
  readonly link: Link
  /** For a plain list rather than a connection: the field it is sorted by. */
  readonly listBy: string | null
  readonly description: string
}

/** Columns that no two records share the values of. */
export interface UniqueSet {
  readonly fields: readonly string[]
  /** Whether deleted records keep theirs; only living ones do otherwise. */
  readonly deletedKeep: boolean
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
  /** The collection that links it to targets whose viewers see it, too. */
  readonly seenThrough: string | null
  readonly uniqueTogether: readonly UniqueSet[]
  /** Whether others may hang on it, whatever they are. */
  readonly isTarget: boolean
  /** Whether several of its records can become one. */
  readonly mergeable: boolean
  /** The instant by which the newest come first. */
  readonly newestBy: string
  readonly columns: ReadonlyMap<string, Column>
  readonly collections: ReadonlyMap<string, Collection>
  /** Fields that a module's resolver makes of these columns. */
  readonly derived: ReadonlyMap<string, readonly string[]>
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

/** The entity that an id's prefix tells. */
export const entityOfId = (entities: Entities, id: string): EntityDefinition | undefined => {
  const prefix = prefixOf(id)
  return [...entities.values()].find(({ idPrefix }) => idPrefix === prefix)
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
