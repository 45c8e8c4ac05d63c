import type { Column } from '../definition.ts'
import type { Row } from '../page.ts'
import { ancestors, oneAtATime } from '../write/cycles.ts'
import type { Writing } from '../write/writing.ts'
import type { Held } from './hold.ts'

/** The places in a hierarchy that the record which stays may take. */
export interface Places {
  /** Whether what is above this record is none of those that become one, so that its place makes no cycle. */
  readonly isFree: (row: Row) => boolean
  /**
   * Whose place it takes: its own, unless that is below one of the others; else that of the first of them which is
   * below none. `null`: it stands at the top. So what lay between them comes to lie below, and nothing above itself.
   */
  readonly usual: Row | null
}

/** Looks at a hierarchy, which nobody else changes from now on, and at what is above the records of a merge. */
export async function placesIn(
  writing: Writing,
  { winner, merged }: Held,
  { name }: Column,
): Promise<Places> {
  await oneAtATime(writing, name)
  const all = [winner, ...merged]
  const ids = new Set(all.map(({ id }) => String(id)))
  const parentOf = (row: Row): string | null => (typeof row[name] === 'string' ? row[name] : null)
  const above = new Map(
    await ancestors(
      writing,
      name,
      all.flatMap(row => parentOf(row) ?? []),
    ),
  )
  const isFree = (row: Row): boolean => {
    const seen = new Set<string>()
    let next = parentOf(row)
    while (next !== null && !ids.has(next) && !seen.has(next)) {
      seen.add(next)
      next = above.get(next) ?? null
    }
    return next === null
  }
  return { isFree, usual: all.find(row => parentOf(row) !== null && isFree(row)) ?? null }
}
