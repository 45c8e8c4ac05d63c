import { type ReadRight, TrellisError } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'

/**
 * The records of an entity with owners that the viewer may read, as a condition on the rows of that name in a
 * statement.
 *
 * @throws TrellisError `FORBIDDEN` when the figures need fields that the viewer may not read
 */
export function readable(
  name: string,
  { entity, rows, fields }: ReadRight,
  needed: readonly string[],
): RawBuilder<boolean> {
  const hidden = needed.filter(field => fields !== 'all' && !fields.has(field))
  if (hidden.length > 0)
    throw new TrellisError('FORBIDDEN', `You may not read ${hidden.join(', ')} of ${entity}.`)
  switch (rows.kind) {
    case 'all':
      return sql`true`
    case 'none':
      return sql`false`
    case 'owned':
      return sql`${sql.ref(`${name}.ownerId`)} = any(${rows.userIds})`
    default:
      throw new Error(`The right to ${entity} is of a kind that figures do not know, ${rows.kind}.`)
  }
}
