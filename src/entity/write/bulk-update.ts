import type { Row } from '../page.ts'
import { identifier, join, run, sql } from '../sql/statement.ts'
import type { Writing } from './writing.ts'

interface Update {
  readonly id: string
  readonly values: Row
}

/**
 * Updates many records, each with values of its own, by one statement, whichever fields each of them sets:
 * a row is read from its JSON on top of the stored one, so what the JSON leaves out stays. Prisma has no
 * such statement; it would send one for each record.
 */
export async function bulkUpdate(
  { entity, context }: Pick<Writing, 'entity' | 'context'>,
  drafts: readonly Update[],
): Promise<void> {
  const names = new Set(drafts.flatMap(({ values }) => Object.keys(values)))
  const columns = join([...names].toSorted().map(name => identifier(name)))
  const rows = JSON.stringify(drafts.map(({ id, values }) => ({ ...values, id })))
  await run(
    context.database(),
    sql`
    update ${identifier(entity.name)} as stored
    set (${columns}) = (select ${columns} from jsonb_populate_record(stored, given.row)), version = stored.version + 1
    from jsonb_array_elements(${rows}::jsonb) as given(row) where stored.id = given.row->>'id'`,
  )
}
