import type { Column, EntityDefinition } from '../definition.ts'

const ordered: ReadonlySet<string> = new Set([
  'Boolean',
  'Int',
  'Decimal',
  'Date',
  'DateTime',
  'String',
  'ID',
])
const numeric: ReadonlySet<string> = new Set(['Int', 'Decimal'])

/** Columns that a list can be filtered by: all but free-form JSON. */
export const filterColumns = (entity: EntityDefinition): readonly Column[] =>
  [...entity.columns.values()].filter(({ type }) => type !== 'JSON')

/** Columns that a list can be sorted by: what has an order that means something. */
export const orderColumns = (entity: EntityDefinition): readonly Column[] =>
  [...entity.columns.values()].filter(
    ({ name, type, isEnum, reference }) => (name === 'id' || !reference) && (isEnum || ordered.has(type)),
  )

/** Columns that can be added up. */
export const numericColumns = (entity: EntityDefinition): readonly Column[] =>
  [...entity.columns.values()].filter(({ name, type }) => name !== 'version' && numeric.has(type))

/** Whether a column holds dates or instants. */
export const isDated = ({ type }: Column): boolean => type === 'Date' || type === 'DateTime'

/** Columns that have a least and a greatest value. */
export const rangeColumns = (entity: EntityDefinition): readonly Column[] => [
  ...numericColumns(entity),
  ...[...entity.columns.values()].filter(isDated),
]

/** Columns that records can be grouped by: all but the id, of which each has another, and free-form JSON. */
export const groupColumns = (entity: EntityDefinition): readonly Column[] =>
  filterColumns(entity).filter(({ name }) => name !== 'id')

/** The name under which a group by this column is asked for and answered: `owner` rather than `ownerId`. */
export const groupName = (column: Column): string => column.reference?.field ?? column.name

/** What an entity refers to, by the fields that answer it. */
export const references = (
  entity: EntityDefinition,
): readonly { readonly field: string; readonly target: string; readonly description: string }[] =>
  [...entity.columns.values()].flatMap(({ reference, description }) =>
    reference ? [{ ...reference, description }] : [],
  )

/** The name under which a group answers what it was made by of the record behind a reference. */
export const relatedGroupName = (reference: string): string => `${reference}Group`

/** Columns that clients may set. */
export const inputColumns = (entity: EntityDefinition, occasion: 'create' | 'update'): readonly Column[] =>
  [...entity.columns.values()].filter(
    ({ writable }) => writable === 'always' || (writable !== 'never' && occasion === 'create'),
  )
