import { type DataContext, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../../../lib/refusal.ts'

/** A record that was just written, and what it is in. */
interface Entered {
  readonly change: { readonly path: readonly string[] }
  readonly id: string
}

interface Whole {
  readonly table: 'Pipeline' | 'PipelineStage'
  /** The field that says where a record is. */
  readonly field: string
  readonly code: string
}

/**
 * Holds what records were just put in until the transaction ends, as pointing to it does.
 *
 * @throws UserErrors when it is deleted by now
 */
export async function holdWhole(
  entered: readonly Entered[],
  { table, field, code }: Whole,
  context: DataContext,
): Promise<void> {
  if (entered.length === 0) return
  const ids = [...new Set(entered.map(({ id }) => id))]
  const { rows } = await sql<{ id: string; name: string; deletedAt: Date | null }>`
    select id, name, "deletedAt" from ${sql.table(table)} where id = any(${ids}) order by id for key share`.execute(
    context.database(),
  )
  const deleted = new Map(rows.flatMap(row => (row.deletedAt ? [[row.id, row.name]] : [])))
  const problems = entered.flatMap(({ change, id }) => {
    const name = deleted.get(id)
    const message = `${field} is "${id}", but "${name ?? ''}" was deleted in the meantime.`
    return name === undefined ? [] : [refusal(change, field, code, message)]
  })
  if (problems.length > 0) throw new UserErrors(problems)
}
