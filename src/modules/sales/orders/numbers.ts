import type { Check } from '@trellis/sdk'
import { drawNumbers } from '../../../lib/serial-numbers.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'

/** Numbers new documents that bring no number of their own. */
export const giveNumbers =
  ({ numbers }: DocumentKind): Check<SalesDocument> =>
  async (changes, context) => {
    const created = changes.filter(({ action }) => action === 'create')
    const unnumbered = created.filter(({ values }) => values.number === undefined)
    if (unnumbered.length === 0) return []
    const drawn = await drawNumbers({
      ...numbers,
      database: context.database(),
      count: unnumbered.length,
      taken: new Set(created.flatMap(({ values }) => values.number ?? [])),
    })
    for (const [index, change] of unnumbered.entries()) {
      const number = drawn[index]
      if (number !== undefined) change.amend({ number })
    }
    return []
  }
