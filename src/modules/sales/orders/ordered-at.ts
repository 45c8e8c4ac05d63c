import type { Check, Records } from '@trellis/sdk'

/** Fills in when orders were ordered: when they leave DRAFT for anything but the bin. */
export const fillOrderedAt: Check<Records['Order']> = (changes, context) => {
  for (const change of changes) {
    const { before, values } = change
    const isOrdered = values.status !== undefined && !['DRAFT', 'CANCELED'].includes(values.status)
    const orderedAt = values.orderedAt === undefined ? before?.orderedAt : values.orderedAt
    if (isOrdered && !orderedAt) change.amend({ orderedAt: context.now() })
  }
  return []
}
