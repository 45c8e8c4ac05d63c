import { createLoader } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'

/** A record's identity in another system, as stored. */
export interface ExternalReferenceRow {
  readonly entityId: string
  readonly system: string
  readonly externalId: string
  readonly lastSyncedAt: Date
}

/** Reads of external references. The right to a record is the right to its references, so they go by records that were read. */
export interface ExternalReferenceLoaders {
  ofRecord(id: string): Promise<readonly ExternalReferenceRow[]>
}

export function createExternalReferenceLoaders(
  database: Kysely<unknown>,
  cache: boolean,
): ExternalReferenceLoaders {
  const references = createLoader<readonly ExternalReferenceRow[]>(
    async ids => {
      const { rows } = await sql<ExternalReferenceRow>`
        select "entityId", system, "externalId", "lastSyncedAt" from "ExternalReference"
        where "entityId" = any(${ids}) order by system, "externalId"`.execute(database)
      return Map.groupBy(rows, ({ entityId }) => entityId)
    },
    { cache },
  )
  return { ofRecord: async id => (await references.load(id)) ?? [] }
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly externalReferences: ExternalReferenceLoaders
  }
}
