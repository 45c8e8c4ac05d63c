import type { Row } from '../page.ts'
import { column, readableColumns, table } from '../sql/names.ts'
import { run, sql } from '../sql/statement.ts'
import type { Writing } from './writing.ts'

/**
 * Reads a record that the viewer has just written, whosever it is by now: the fields that the viewer may read,
 * as the database has them, what it computes included.
 */
export async function readWritten({ entity, context }: Writing, id: string): Promise<Row> {
  const right = context.rights.read(entity.name)
  const [row] = await run<Row>(
    context.database(),
    sql`select ${readableColumns(entity, right)} from ${table(entity)} where ${column('id')} = ${id}`,
  )
  if (!row) throw new Error(`${entity.name} ${id} was written, and is not there.`)
  return row
}
