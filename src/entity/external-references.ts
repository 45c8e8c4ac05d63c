import { createLoader, type Rights } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { prefixOf } from '../lib/type-id.ts'
import type { Entities, EntityDefinition } from './definition.ts'
import { all, column, table } from './sql/names.ts'
import { rightConditions } from './sql/rights.ts'
import { join, run, type Sql, sql } from './sql/statement.ts'

/** A record's identity in another system, as stored. */
export interface ExternalReferenceRow {
  readonly entityId: string
  readonly system: string
  readonly externalId: string
  readonly lastSyncedAt: Date
}

/** Reads of external references. The right to a record is the right to its references. */
export interface ExternalReferenceLoaders {
  ofRecord(id: string): Promise<readonly ExternalReferenceRow[]>
}

export interface ExternalReferenceOptions {
  readonly entities: Entities
  readonly rights: Rights
  readonly database: Kysely<unknown>
  readonly cache: boolean
}

export function createExternalReferenceLoaders({
  entities,
  rights,
  database,
  cache,
}: ExternalReferenceOptions): ExternalReferenceLoaders {
  /** The references of an entity's records that the viewer may read, whoever asks for them. */
  const ofReadable = (entity: EntityDefinition): Sql => {
    const isType = sql`reference."entityType" = ${entity.name}`
    const scope = rightConditions(rights.read(entity.name), entities)
    if (scope.length === 0) return isType
    const conditions = [sql`${column('id')} = reference."entityId"`, ...scope]
    return sql`(${isType} and exists (select from ${table(entity)} where ${all(conditions)}))`
  }
  const references = createLoader<readonly ExternalReferenceRow[]>(
    async ids => {
      const prefixes = new Set(ids.map(prefixOf))
      const asked = [...entities.values()].filter(({ idPrefix }) => prefixes.has(idPrefix))
      if (asked.length === 0) return new Map()
      const rows = await run<ExternalReferenceRow>(
        database,
        sql`
        select "entityId", system, "externalId", "lastSyncedAt" from "ExternalReference" as reference
        where "entityId" = any(${ids}) and (${join(asked.map(ofReadable), ' or ')})
        order by system, "externalId"`,
      )
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
