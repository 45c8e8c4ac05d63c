import { leaveWord, wordsOf } from '../../lib/outbox.ts'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { identifier, run, type Sql, sql } from '../sql/statement.ts'
import { bulkUpdate } from '../write/bulk-update.ts'
import { changedValues } from '../write/changed-values.ts'
import type { Writing } from '../write/writing.ts'

/** A row that stays, and what it takes over. */
interface Joined {
  readonly id: string
  readonly values: Row
}

/** A row that stays or is surplus: those of one `keptId` are alike, and the one of this id stays. */
interface Alike extends Row {
  readonly id: string
  readonly keptId: string
}

/**
 * What rows take over from those that are alike, as the module of their entity says; nothing where it says nothing.
 *
 * @param alike begins a statement: `with alike as (…)`, of `id`, `keptId` and `place`
 */
export async function joinedRows(
  { context, hooks }: Writing,
  entity: EntityDefinition,
  alike: Sql,
): Promise<readonly Joined[]> {
  const join = hooks.joins.get(entity.name)
  if (!join) return []
  const rows = await run<Alike>(
    context.database(),
    sql`${alike}
    select stored.*, alike."keptId" from ${identifier(entity.name)} as stored join alike using (id)
    where alike."keptId" in (select "keptId" from alike where place > 1)
    order by alike."keptId", alike.place for no key update of stored`,
  )
  return [...Map.groupBy(rows, ({ keptId }) => keptId)].flatMap(([id, [kept, ...surplus]]) => {
    if (!kept) return []
    const taken: Row = surplus.reduce<Row>(
      (values, row) => ({ ...values, ...join({ ...kept, ...values }, row) }),
      {},
    )
    const values = changedValues(entity, taken, kept)
    return Object.keys(values).length > 0 ? [{ id, values }] : []
  })
}

/** Writes what rows take over, and leaves word of it: two statements, or none. */
export async function writeJoined(
  { context }: Writing,
  entity: EntityDefinition,
  joined: readonly Joined[],
): Promise<void> {
  if (joined.length === 0) return
  const stamp = { updatedAt: context.now(), updatedById: context.viewer.id, source: null }
  await bulkUpdate(
    { entity, context },
    joined.map(({ id, values }) => ({ id, values: { ...values, ...stamp } })),
  )
  await leaveWord(
    joined.flatMap(({ id, values }) => wordsOf(`${entity.singular}.updated`, [id], Object.keys(values))),
    context,
  )
}
