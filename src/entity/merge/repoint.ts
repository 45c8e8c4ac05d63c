import { leaveWord, type Word } from '../../lib/outbox.ts'
import type { EntityDefinition } from '../definition.ts'
import { identifier, join, run, sql } from '../sql/statement.ts'
import type { Writing } from '../write/writing.ts'
import { moveExtensionValues } from './extension-values.ts'
import { type Pointers, pointersTo, upwardColumns } from './pointers.ts'
import { deleteSurplus } from './surplus.ts'

/**
 * Points everything that points to merged records to the one that stays: one statement for each table, however many
 * rows, and whoever may see them. Each row's version counts it.
 *
 * @param ids the record that stays, then the others
 */
export async function repoint(writing: Writing, ids: readonly string[]): Promise<void> {
  const { entity, entities } = writing
  const pointers = pointersTo(entities, entity)
  await deleteSurplus(writing, { pointers, ids })
  await detach(writing, ids)
  for (const pointing of pointers) await repointTable(writing, pointing, ids)
  await repointExternalReferences(writing, ids)
  await moveExtensionValues(writing, ids)
}

/** The record that stays is not above itself when one of the others was above it. */
async function detach({ entity, context }: Writing, [winner, ...merged]: readonly string[]): Promise<void> {
  for (const { name } of upwardColumns(entity))
    await run(
      context.database(),
      sql`update ${identifier(entity.name)} set ${identifier(name)} = null where id = ${winner} and ${identifier(name)} = any(${merged})`,
    )
}

async function repointTable(
  { entity: target, context }: Writing,
  { entity, columns }: Pointers,
  [winner, ...merged]: readonly string[],
): Promise<void> {
  const isMoved = columns.map(({ name }) => sql`${identifier('stored', name)} = any(${merged})`)
  const set = columns.map(
    ({ name }, index) =>
      sql`${identifier(name)} = case when ${isMoved[index]} then ${winner} else ${identifier('stored', name)} end`,
  )
  // A row that named the record in another column before tells of that one, too.
  const fields = columns.map(
    ({ name }) => sql`case when ${identifier('stored', name)} = ${winner} then ${name}::text end`,
  )
  const moved = await run<MovedRow>(
    context.database(),
    sql`
    update ${identifier(entity.name)} as stored
    set ${join([...set, sql`"updatedAt" = ${context.now()}`, sql`"updatedById" = ${context.viewer.id}`, sql`version = stored.version + 1`])}
    where (${join(isMoved, ' or ')})${isOneOfThem(entity, target) ? sql` and stored.id <> all(${merged})` : sql``}
    returning stored.id, array_remove(array[${join(fields)}], null) as fields`,
  )
  // Of what is not written by itself, as events of a timeline, nobody is ever told.
  if (entity.writable) await leaveWord(moved.map(wordOf(`${entity.singular}.updated`)), context)
}

interface MovedRow {
  readonly id: string
  /** The columns that name the record that stays. */
  readonly fields: readonly string[]
}

const wordOf =
  (type: string) =>
  ({ id, fields }: MovedRow): Word => ({ type, entityId: id, payload: { fields } })

/** Rows that are about to be removed need not be moved. */
const isOneOfThem = (entity: EntityDefinition, target: EntityDefinition): boolean =>
  entity.name === target.name

async function repointExternalReferences(
  { entity, context }: Writing,
  [winner, ...merged]: readonly string[],
): Promise<void> {
  await run(
    context.database(),
    sql`
    update "ExternalReference" set "entityId" = ${winner}
    where "entityId" = any(${merged}) and "entityType" = ${entity.name}`,
  )
}
