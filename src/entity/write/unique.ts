import type { UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import type { Column } from '../definition.ts'
import { column, table } from '../sql/names.ts'
import { run, sql } from '../sql/statement.ts'
import type { Draft } from './draft.ts'
import type { Writing } from './writing.ts'

/**
 * Refuses values that another record has, or another draft of the same bulk. The database's own unique
 * index has the last word, against two who ask at once.
 */
export async function checkUnique(writing: Writing, drafts: readonly Draft[]): Promise<readonly UserError[]> {
  const columns = [...writing.entity.columns.values()].filter(({ rule }) => rule.unique)
  return (await Promise.all(columns.map(unique => checkColumn(writing, drafts, unique)))).flat()
}

async function checkColumn(
  { entity, context }: Writing,
  drafts: readonly Draft[],
  { name }: Column,
): Promise<readonly UserError[]> {
  const valueOf = (draft: Draft): unknown => draft.values[name]
  const affected = drafts.filter(
    draft => typeof valueOf(draft) === 'string' && valueOf(draft) !== draft.before?.[name],
  )
  if (affected.length === 0) return []
  const rows = await run<{ id: string; value: string }>(
    context.database(),
    sql`
    select ${column('id')}, ${column(name)} as value from ${table(entity)} where ${column(name)} = any(${affected.map(valueOf)})`,
  )
  const holders = new Map<unknown, string>(rows.map(({ id, value }) => [value, id]))
  return affected.flatMap(draft => {
    const value = valueOf(draft)
    const holder = holders.get(value)
    if (holder === undefined) holders.set(value, draft.id)
    if (holder === undefined || holder === draft.id) return []
    return [refusal(draft, name, 'TAKEN', `${name} is "${String(value)}", which another ${entity.name} has.`)]
  })
}
