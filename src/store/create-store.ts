import type { EntityStore, Store, StoredValue } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { asJson } from '../lib/as-json.ts'
import { checkedKey } from './checked-key.ts'
import { createEntityStore } from './entity-store.ts'

export interface StoreOptions {
  /** The request's connection: inside a mutation, its transaction. */
  readonly database: Kysely<unknown>
  readonly extension: string
}

const mostListed = 1000

/** The values of one extension: each operation is one statement. */
export function createStore({ database, extension }: StoreOptions): Store {
  const known = new Map<string, EntityStore>()
  const load: Store['load'] = async <Value>(key: string) => {
    const { rows } = await sql<StoredValue<Value>>`
      select key, value, version, "updatedAt" from "ExtensionValue"
      where extension = ${extension} and "entityType" = '' and "entityId" = '' and key = ${checkedKey(key)}`.execute(
      database,
    )
    return rows[0] ?? null
  }
  return {
    load,
    get: async <Value>(key: string) => (await load<Value>(key))?.value ?? null,
    async set(key, value) {
      const { rows } = await sql<{ version: number }>`
        insert into "ExtensionValue" as stored (extension, key, value)
        values (${extension}, ${checkedKey(key)}, ${jsonOf(key, value)}::jsonb)
        on conflict (extension, "entityType", "entityId", key)
        do update set value = excluded.value, version = stored.version + 1, "updatedAt" = now()
        returning version`.execute(database)
      return rows[0]?.version ?? 1
    },
    async compareAndSet(key, value, version) {
      const json = jsonOf(key, value)
      const written =
        version === 0
          ? sql`
            insert into "ExtensionValue" (extension, key, value)
            values (${extension}, ${checkedKey(key)}, ${json}::jsonb) on conflict do nothing`
          : sql`
            update "ExtensionValue" set value = ${json}::jsonb, version = version + 1, "updatedAt" = now()
            where extension = ${extension} and "entityType" = '' and "entityId" = ''
              and key = ${checkedKey(key)} and version = ${version}`
      return changed(await written.execute(database))
    },
    async delete(key) {
      const removed = await sql`
        delete from "ExtensionValue"
        where extension = ${extension} and "entityType" = '' and "entityId" = '' and key = ${checkedKey(key)}`.execute(
        database,
      )
      return changed(removed)
    },
    async list<Value>(prefix: string, { first = 100, after = null }: Parameters<Store['list']>[1] = {}) {
      if (!Number.isInteger(first) || first < 1 || first > mostListed)
        throw new Error(`first is ${first}; 1 to ${mostListed} are allowed.`)
      const { rows } = await sql<StoredValue<Value>>`
        select key, value, version, "updatedAt" from "ExtensionValue"
        where extension = ${extension} and "entityType" = '' and "entityId" = ''
          and key >= ${prefix} and starts_with(key, ${prefix}) and (${after}::text is null or key > ${after}::text)
        order by key limit ${first + 1}::int`.execute(database)
      const items = rows.slice(0, first)
      return { items, endCursor: rows.length > first ? (items.at(-1)?.key ?? null) : null }
    },
    of(entityType, key = 'value') {
      const name = `${entityType} ${checkedKey(key)}`
      const store = known.get(name) ?? createEntityStore({ database, extension, entityType, key })
      known.set(name, store)
      return store
    },
  }
}

const jsonOf = (key: string, value: unknown): string => JSON.stringify(asJson(value, `The value of "${key}"`))

const changed = ({ numAffectedRows = 0n }: { readonly numAffectedRows?: bigint }): boolean =>
  numAffectedRows > 0n
