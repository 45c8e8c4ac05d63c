import { createLoader, type EntityStore } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { asJson } from '../lib/as-json.ts'

export interface EntityStoreOptions {
  readonly database: Kysely<unknown>
  readonly extension: string
  readonly entityType: string
  readonly key: string
}

/** The values of one extension about records of one entity, under one key. */
export function createEntityStore({ database, extension, entityType, key }: EntityStoreOptions): EntityStore {
  // Not remembered: what is read may be set a moment later.
  const values = createLoader<unknown>(
    async ids => {
      const { rows } = await sql<{ entityId: string; value: unknown }>`
        select "entityId", value from "ExtensionValue"
        where extension = ${extension} and "entityType" = ${entityType} and key = ${key} and "entityId" = any(${ids})`.execute(
        database,
      )
      return new Map(rows.map(({ entityId, value }) => [entityId, value]))
    },
    { cache: false },
  )
  const setMany: EntityStore['setMany'] = async given => {
    if (given.size === 0) return
    const rows = [...given].map(([entityId, value]) => {
      if (entityId === '') throw new Error(`A value about a ${entityType} has an empty id.`)
      return { entityId, value: asJson(value, `The value about ${entityId}`) }
    })
    await sql`
      insert into "ExtensionValue" as stored (extension, "entityType", "entityId", key, value)
      select ${extension}, ${entityType}, "entityId", ${key}, value
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given("entityId" text, value jsonb)
      order by "entityId"
      on conflict (extension, "entityType", "entityId", key)
      do update set value = excluded.value, version = stored.version + 1, "updatedAt" = now()`.execute(
      database,
    )
  }
  // Of what type a value is, only its author knows, who stored it.
  /* oxlint-disable typescript/no-unsafe-type-assertion -- said above */
  return {
    load: async <Value>(id: string) => (await values.load(id)) as Value | null,
    loadMany: async <Value>(ids: readonly string[]) =>
      (await values.loadMany(ids)) as readonly (Value | null)[],
    set: (id, value) => setMany(new Map([[id, value]])),
    setMany,
    async delete(id) {
      const { numAffectedRows = 0n } = await sql`
        delete from "ExtensionValue"
        where extension = ${extension} and "entityType" = ${entityType} and "entityId" = ${id} and key = ${key}`.execute(
        database,
      )
      return numAffectedRows > 0n
    },
  }
  /* oxlint-enable typescript/no-unsafe-type-assertion */
}
