import type { UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import type { Column } from '../definition.ts'
import { identifier, run, sql } from '../sql/statement.ts'
import type { Draft } from './draft.ts'
import type { Writing } from './writing.ts'

/** Keeps hierarchies, such as customers and their parents, free of cycles: nothing is above itself. */
export async function checkCycles(writing: Writing, drafts: readonly Draft[]): Promise<readonly UserError[]> {
  const { entity } = writing
  const upward = [...entity.columns.values()].filter(({ reference }) => reference?.target === entity.name)
  const problems = await Promise.all(upward.map(column => checkColumn(writing, drafts, column)))
  return problems.flat()
}

async function checkColumn(
  writing: Writing,
  drafts: readonly Draft[],
  { name, writable }: Column,
): Promise<readonly UserError[]> {
  const moved = drafts.filter(({ values }) => writable !== 'never' && typeof values[name] === 'string')
  if (moved.length === 0) return []
  await oneAtATime(writing, name)
  const above = new Map(
    await ancestors(
      writing,
      name,
      moved.map(({ values }) => String(values[name])),
    ),
  )
  // What the drafts say comes before what is stored: two of them may only together make a cycle.
  for (const { id, values } of moved) above.set(id, String(values[name]))
  return moved.flatMap(draft => {
    const seen = new Set<string>()
    let next: string | null | undefined = above.get(draft.id)
    while (next && next !== draft.id && !seen.has(next)) {
      seen.add(next)
      next = above.get(next)
    }
    if (next !== draft.id) return []
    return [
      refusal(
        draft,
        name,
        'CYCLE',
        `${name} is ${String(draft.values[name])}, which is ${draft.id} itself or below it.`,
      ),
    ]
  })
}

/** Two changes that make a cycle only together would each look innocent, so the second waits for the first. */
export async function oneAtATime({ entity, context }: Writing, key: string): Promise<void> {
  await run(
    context.database(),
    sql`select pg_advisory_xact_lock(hashtextextended(${`${entity.name}.${key}`}, 0))`,
  )
}

/** Everything above these records, as pairs of an id and the id above it: one statement however high. */
export async function ancestors(
  { entity, context }: Writing,
  key: string,
  ids: readonly string[],
): Promise<readonly [string, string | null][]> {
  const rows = await run<{ id: string; above: string | null }>(
    context.database(),
    sql`
    with recursive upward(id, above) as (
      select id, ${identifier(key)} from ${identifier(entity.name)} where id = any(${ids})
      union
      select stored.id, stored.${identifier(key)} from ${identifier(entity.name)} as stored join upward on stored.id = upward.above
    ) select id, above from upward`,
  )
  return rows.map(({ id, above }) => [id, above])
}
