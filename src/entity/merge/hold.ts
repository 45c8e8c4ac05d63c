import { type MergeInput, type UserError, UserErrors } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import { lockRecords } from '../write/lock.ts'
import type { Writing } from '../write/writing.ts'

/** Records that become part of another one at once, at most. */
const most = 20

/** The records of a merge, held until the transaction ends. */
export interface Held {
  /** The one that stays. */
  readonly winner: Row
  /** The others, in the order of the input. */
  readonly merged: readonly Row[]
}

const input = { path: ['input'] }
const mergedIds = { path: ['input', 'mergedIds'] }

/** What can be said of the ids before anything is read. */
function problemsOfIds({ id, mergedIds: ids }: MergeInput): readonly UserError[] {
  if (ids.length === 0)
    return [refusal(input, 'mergedIds', 'REQUIRED', `mergedIds is empty; it takes 1 to ${most} ids.`)]
  if (ids.length > most)
    return [refusal(input, 'mergedIds', 'TOO_LONG', `mergedIds has ${ids.length} ids; ${most} are allowed.`)]
  return ids.flatMap((merged, index) => {
    if (merged === id)
      return [
        refusal(
          mergedIds,
          String(index),
          'CONTRADICTION',
          `"${merged}" is the record that stays; leave it out.`,
        ),
      ]
    if (ids.indexOf(merged) !== index)
      return [refusal(mergedIds, String(index), 'DUPLICATE', `"${merged}" is in mergedIds twice.`)]
    return []
  })
}

/**
 * Why a record that was not found cannot be written: it was merged, and the message says into which one, as far as
 * the viewer may see it; or there is none.
 */
export async function refuseMissing(
  { entity, context }: Writing,
  id: string,
  { path, field }: { readonly path: readonly string[]; readonly field: string },
): Promise<UserError> {
  const { name, mergeable } = entity
  const led = mergeable ? await loadersOf(context, entity).byId.load(id) : null
  return led
    ? refusal({ path }, field, 'MERGED', `${name} ${id} was merged into ${String(led['id'])}; use that id.`)
    : refusal(
        { path },
        field,
        'NOT_FOUND',
        `There is no ${name} "${id.slice(0, 60)}", or none that you may see.`,
      )
}

const ownerOf = ({ ownerId }: Row): string | null => (typeof ownerId === 'string' ? ownerId : null)

/**
 * Holds the record that stays and those that become part of it.
 *
 * @throws UserErrors when one of them is not there, or deleted, or named twice
 * @throws TrellisError `FORBIDDEN` when the viewer may not update the one or delete the others
 */
export async function holdRecords(writing: Writing, merge: MergeInput): Promise<Held> {
  const early = problemsOfIds(merge)
  if (early.length > 0) throw new UserErrors(early)
  const { entity, context } = writing
  const found = await lockRecords(writing, [merge.id, ...merge.mergedIds], 'update')
  const problems: UserError[] = []
  const hold = async (id: string, path: readonly string[], field: string): Promise<Row> => {
    const row = found.get(id)
    if (!row) problems.push(await refuseMissing(writing, id, { path, field }))
    else if (row['deletedAt'] !== null)
      problems.push(refusal({ path }, field, 'DELETED', `${entity.name} ${id} is deleted; restore it first.`))
    return row ?? {}
  }
  const winner = await hold(merge.id, input.path, 'id')
  const merged = await Promise.all(
    merge.mergedIds.map((id, index) => hold(id, mergedIds.path, String(index))),
  )
  if (problems.length > 0) throw new UserErrors(problems)
  context.rights.assert('update', { entity: entity.name, ownerId: ownerOf(winner) })
  for (const row of merged) context.rights.assert('delete', { entity: entity.name, ownerId: ownerOf(row) })
  return { winner, merged }
}
