import type { Change, Check, Records } from '@trellis/sdk'
import { sql } from 'kysely'

type Tagging = Records['Tagging']

/** What a change would mark; `null` for one that marks nothing anew. */
function markOf({ action, before, values }: Change<Tagging>): string | null {
  if (action !== 'create' && action !== 'restore') return null
  const { targetId = before?.targetId, tagId = before?.tagId } = values
  return targetId === undefined || tagId === undefined ? null : `${targetId} ${tagId}`
}

/** Refuses a second mark of a record with the same tag, and names the tag. */
export const markOnce: Check<Tagging> = async (changes, { database, loaders }) => {
  const marks = changes.flatMap(change => {
    const mark = markOf(change)
    const [targetId = '', tagId = ''] = mark?.split(' ') ?? []
    return mark === null ? [] : [{ change, mark, targetId, tagId }]
  })
  if (marks.length === 0) return []
  const { rows } = await sql<Pick<Tagging, 'targetId' | 'tagId'>>`
    select "targetId", "tagId" from "Tagging"
    where "targetId" = any(${marks.map(({ targetId }) => targetId)})
      and "tagId" = any(${marks.map(({ tagId }) => tagId)}) and "deletedAt" is null`.execute(database())
  const taken = new Set(rows.map(({ targetId, tagId }) => `${targetId} ${tagId}`))
  const repeated = marks.filter(({ mark }) => {
    if (taken.has(mark)) return true
    taken.add(mark)
    return false
  })
  const tags = await loaders.tags.byId.loadMany(repeated.map(({ tagId }) => tagId))
  return repeated.map(({ change, targetId }, index) => ({
    code: 'TAKEN',
    message: `${targetId} has the tag "${tags[index]?.name}" already; a record has it once.`,
    path: change.action === 'create' ? [...change.path, 'tagId'] : [...change.path, 'id'],
  }))
}
