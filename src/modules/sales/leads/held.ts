import type { Loader } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { refuse } from '../refuse.ts'

export interface HoldOptions<Row> {
  readonly id: string
  /** Which argument names it, such as `contactId`. */
  readonly argument: string
  readonly table: string
  readonly loader: Loader<string, Row>
  readonly database: Kysely<unknown>
}

/**
 * A record as it is once nobody else writes it, held until the transaction ends, and against those who would point to it;
 * for those only that the viewer may see.
 *
 * @throws UserErrors `NOT_FOUND`, `DELETED`
 */
export async function held<Row extends { readonly deletedAt: Date | null }>({
  id,
  argument,
  table,
  loader,
  database,
}: HoldOptions<Row>): Promise<Row> {
  if (await loader.load(id))
    await sql`select from ${sql.table(table)} where id = ${id} for update`.execute(database)
  const row = await loader.load(id)
  if (!row)
    throw refuse(
      argument,
      'NOT_FOUND',
      `There is no ${table} "${id.slice(0, 60)}", or none that you may see.`,
    )
  if (row.deletedAt !== null)
    throw refuse(argument, 'DELETED', `${table} ${id} is deleted; restore it first.`)
  return row
}
