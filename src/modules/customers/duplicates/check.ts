import type { Check, UserError } from '@trellis/sdk'
import { findDuplicates } from './find.ts'
import type { Comparison } from './rules.ts'

/** From this score on a new record is taken for one that there is; that many of these are named. */
const refused = { minimumScore: 0.8, first: 3 } as const

/**
 * Refuses new records that are like one that there is, unless the caller allows it. What another system sends is not
 * compared: it knows its records, and says by their ids which of them are the same.
 */
export const refuseDuplicates =
  (comparison: Comparison): Check =>
  async (changes, context) => {
    const created = changes.filter(
      ({ action, input, values }) =>
        action === 'create' && values['source'] == null && input['allowDuplicate'] !== true,
    )
    const subjects = created.map(({ id, values }) => ({ key: id, id: null, values }))
    const found = await findDuplicates(context, comparison, subjects, refused)
    return created.flatMap(({ id, path }): readonly UserError[] => {
      const matches = found.get(id)
      if (!matches) return []
      const named = matches.map(match => `${match.id} (${match.score}: ${match.rules.join(', ')})`)
      return [
        {
          code: 'DUPLICATE_FOUND',
          message: `There is a ${comparison.entity} like this one: ${named.join('; ')}. Use it, or send allowDuplicate: true.`,
          path,
        },
      ]
    })
  }
