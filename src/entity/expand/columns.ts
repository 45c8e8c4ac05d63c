import type { Column, EntityDefinition } from '../definition.ts'

const ordered: ReadonlySet<string> = new Set(['Int', 'Decimal', 'Date', 'DateTime', 'String', 'ID'])
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

/** Columns that have a least and a greatest value. */
export const rangeColumns = (entity: EntityDefinition): readonly Column[] => [
  ...numericColumns(entity),
  ...[...entity.columns.values()].filter(({ type }) => type === 'Date' || type === 'DateTime'),
]

/** Columns that records can be grouped by. */
export const groupColumns = (entity: EntityDefinition): readonly Column[] =>
  [...entity.columns.values()].filter(
    ({ name, type, isEnum, reference }) =>
      name !== 'id' &&
      (isEnum || reference !== null || ['String', 'Boolean', 'Date', 'DateTime'].includes(type)),
  )

/** The name under which a group by this column is asked for and answered: `owner` rather than `ownerId`. */
export const groupName = (column: Column): string => column.reference?.field ?? column.name

/** Columns that clients may set. */
export const inputColumns = (entity: EntityDefinition, occasion: 'create' | 'update'): readonly Column[] =>
  [...entity.columns.values()].filter(
    ({ writable }) => writable === 'always' || (writable !== 'never' && occasion === 'create'),
  )
