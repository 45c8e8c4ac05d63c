import type { Change, DataContext } from '@trellis/sdk'

/** Whether a write comes from another system: bulk upserts say which, everything else clears `source`. */
const isImported = ({ before, values }: Change<{ readonly source: string | null }>): boolean =>
  (values.source === undefined ? before?.source : values.source) != null

/**
 * Whether a write takes over what another system says of cases, for somebody who reaches all of them: it may be
 * in any state, and past ones need not be gone through again.
 */
export const isTakenOver = (
  change: Change<{ readonly source: string | null }>,
  { rights }: DataContext,
): boolean => isImported(change) && rights.read('Case').rows.kind === 'all'
