interface Sourced {
  readonly before: { readonly source: string | null } | null
  readonly values: { readonly source?: string | null }
}

/** Whether a write comes from another system: bulk upserts say which, everything else clears `source`. */
const isImported = ({ before, values }: Sourced): boolean =>
  (values.source === undefined ? before?.source : values.source) != null

/** What somebody may read of each entity. */
interface Reader {
  readonly rights: { read(entity: string): { readonly rows: { readonly kind: string } } }
}

/**
 * Whether a write takes over what another system says, for somebody who reaches all records of the entity: it
 * may be in any state, and past ones need not be gone through again.
 */
export const isTakenOver = (change: Sourced, { rights }: Reader, entity: string): boolean =>
  isImported(change) && rights.read(entity).rows.kind === 'all'
