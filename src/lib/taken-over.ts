import { type Reader, reachesAll } from './reaches-all.ts'

interface Sourced {
  readonly before: { readonly source: string | null } | null
  readonly values: { readonly source?: string | null }
}

/** Whether a write comes from another system: bulk upserts say which, everything else clears `source`. */
const isImported = ({ before, values }: Sourced): boolean =>
  (values.source === undefined ? before?.source : values.source) != null

/**
 * Whether a write takes over what another system says, for somebody who reaches all records of the entity: it
 * may be in any state, and past ones need not be gone through again.
 */
export const isTakenOver = (change: Sourced, reader: Reader, entity: string): boolean =>
  isImported(change) && reachesAll(reader, entity)
