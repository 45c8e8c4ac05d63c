import type { Check, Records } from '@trellis/sdk'
import { drawNumbers } from '../../../lib/serial-numbers.ts'

/** Numbers new cases that bring no number of their own. */
export const giveNumbers: Check<Records['Case']> = async (changes, context) => {
  const created = changes.filter(({ action }) => action === 'create')
  const unnumbered = created.filter(({ values }) => values.number == null)
  if (unnumbered.length === 0) return []
  const drawn = await drawNumbers({
    ...{ sequence: 'Case_number', table: 'Case', prefix: 'C' },
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
