import type { ReadRight } from '@trellis/sdk'
import { TrellisError } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'
import type { Column, EntityDefinition } from '../definition.ts'

/** A condition, or any other part of a statement. */
export type Sql = RawBuilder<unknown>

/** The alias of the table that a statement is about; nested ones count up, so that no two are alike. */
export const alias = (depth = 0): string => `t${depth}`

export const column = (name: string, depth = 0): Sql => sql.ref(`${alias(depth)}.${name}`)

export const table = (entity: EntityDefinition, depth = 0): Sql =>
  sql`${sql.table(entity.name)} as ${sql.id(alias(depth))}`

/** `true` for none, so that a condition can always be put behind `where`. */
export const all = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)

/** The stored fields that the viewer may read, as a select list. */
export const readableColumns = (entity: EntityDefinition, right: ReadRight): Sql =>
  sql.join([...entity.columns.keys()].filter(name => isReadable(right, name)).map(name => column(name)))

const isReadable = ({ fields }: ReadRight, name: string): boolean =>
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
