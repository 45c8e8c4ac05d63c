import type { Change, Check, DataContext, UserError } from '@trellis/sdk'
import { findDuplicates, type Match } from './find.ts'
import { oneAtATime } from './one-at-a-time.ts'
import type { Comparison } from './rules.ts'

/** From this score on a new record is taken for one that there is; that many of these are named. */
const refused = { minimumScore: 0.8, first: 3, peers: 'earlier' } as const

const isAllowed = ({ input }: Change): boolean => input['allowDuplicate'] === true

async function matchesOf(
  created: readonly Change[],
  comparison: Comparison,
  context: DataContext,
): Promise<ReadonlyMap<string, readonly Match[]>> {
  if (created.every(isAllowed)) return new Map()
  await oneAtATime(
    context,
    comparison,
    created.map(({ values }) => values),
    refused.minimumScore,
  )
  const subjects = created.map(({ id, values }) => ({ key: id, id: null, values }))
  return findDuplicates(context, comparison, subjects, refused)
}

/**
 * Refuses new records that are like one that there is, or like one before them in the same bulk, unless the caller
 * allows it. What another system sends is not compared: it knows its records, and says by their ids which of them
 * are the same.
 */
export const refuseDuplicates =
  (comparison: Comparison): Check =>
  async (changes, context) => {
    const created = changes.filter(({ action, values }) => action === 'create' && values['source'] == null)
    const found = await matchesOf(created, comparison, context)
    const itemOf = new Map(created.map(({ id, path }) => [id, `item ${path.at(-1) ?? ''}`]))
    return created.flatMap((change): readonly UserError[] => {
      const matches = isAllowed(change) ? undefined : found.get(change.id)
      if (!matches) return []
      const named = matches.map(
        ({ id, score, rules }) => `${itemOf.get(id) ?? id} (${score}: ${rules.join(', ')})`,
      )
      return [
        {
          code: 'DUPLICATE_FOUND',
          message: `There is a ${comparison.entity} like this one: ${named.join('; ')}. Use it, or send allowDuplicate: true.`,
          path: change.path,
        },
      ]
    })
  }
