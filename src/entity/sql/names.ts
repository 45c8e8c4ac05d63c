import type { ReadRight } from '@trellis/sdk'
import { TrellisError } from '@trellis/sdk'
import type { Column, EntityDefinition } from '../definition.ts'
import { identifier, join, type Sql, sql } from './statement.ts'

/** The alias of the table that a statement is about; nested ones count up, so that no two are alike. */
export const alias = (depth = 0): string => `t${depth}`

export const column = (name: string, depth = 0): Sql => identifier(alias(depth), name)

export const table = (entity: EntityDefinition, depth = 0): Sql =>
  sql`${identifier(entity.name)} as ${identifier(alias(depth))}`

/** `true` for none, so that a condition can always be put behind `where`. */
export const all = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`true` : join(conditions, ' and ')

/** The stored fields that the viewer may read, as a select list. */
export const readableColumns = (entity: EntityDefinition, right: ReadRight): Sql =>
  join([...entity.columns.keys()].filter(name => isReadable(right, name)).map(name => column(name)))

export const isReadable = ({ fields }: ReadRight, name: string): boolean =>
  fields === 'all' || name === 'id' || fields.has(name)

/**
 * What may not be read may not be filtered, sorted, grouped or counted by either.
 *
 * @throws TrellisError `FORBIDDEN`
 */
export function assertReadable(entity: EntityDefinition, right: ReadRight, { name }: Column): void {
  if (!isReadable(right, name))
    throw new TrellisError('FORBIDDEN', `You may not read ${entity.name}.${name}.`)
}
