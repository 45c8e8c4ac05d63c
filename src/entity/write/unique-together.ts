import type { UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { columnOf, type UniqueSet } from '../definition.ts'
import type { Row } from '../page.ts'
import { databaseType } from '../sql/database-type.ts'
import { column, table } from '../sql/names.ts'
import { identifier, join, run, sql } from '../sql/statement.ts'
import type { Draft } from './draft.ts'
import type { Writing } from './writing.ts'

/**
 * Refuses records that have the same values in several fields as another one, or as another draft of the same
 * bulk: the same tag on the same record. The database's own unique index has the last word.
 */
export async function checkUniqueTogether(
  writing: Writing,
  drafts: readonly Draft[],
): Promise<readonly UserError[]> {
  const sets = writing.entity.uniqueTogether
  return (await Promise.all(sets.map(set => checkSet(writing, drafts, set)))).flat()
}

async function checkSet(
  { entity, context }: Writing,
  drafts: readonly Draft[],
  { fields: names, deletedKeep }: UniqueSet,
): Promise<readonly UserError[]> {
  const affected = drafts.flatMap(draft => {
    const row: Row = { ...draft.before, ...draft.values }
    const isTouched = draft.action !== 'update' || names.some(name => draft.values[name] !== undefined)
    const isWhole = names.every(name => typeof row[name] === 'string')
    return draft.action !== 'delete' && isTouched && isWhole ? [{ draft, key: keyOf(row, names) }] : []
  })
  if (affected.length === 0) return []
  const shape = names.map(name => sql`${identifier(name)} ${databaseType(columnOf(entity, name))}`)
  const same = names.map(name => sql`${column(name)} = ${identifier('given', name)}`)
  const given = affected.map(({ key }) => Object.fromEntries(names.map((name, index) => [name, key[index]])))
  const rows = await run<Row>(
    context.database(),
    sql`
    select ${column('id')}, ${join(names.map(name => column(name)))} from ${table(entity)}
    join jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${join(shape)}) on ${join(same, ' and ')}
    where ${deletedKeep} or ${column('deletedAt')} is null`,
  )
  const holders = new Map(rows.map(row => [keyOf(row, names).join('\n'), String(row['id'])]))
  return affected.flatMap(({ draft, key }) => {
    const identity = key.join('\n')
    const holder = holders.get(identity)
    if (holder === undefined) holders.set(identity, draft.id)
    if (holder === undefined || holder === draft.id) return []
    const [last = '', ...others] = names.toReversed()
    const value = key.at(-1) ?? ''
    const message = `${last} is "${value}", which another ${entity.name} of the same ${others.join(' and ')} has.`
    // What is restored is told by its id alone.
    return [refusal(draft, draft.action === 'restore' ? 'id' : last, 'TAKEN', message)]
  })
}

const keyOf = (row: Row, names: readonly string[]): readonly string[] => names.map(name => String(row[name]))
